// Names the rules of AWS Control Tower that the templates break, and by what: node cfn-guard.mjs TEMPLATE…
import { readFileSync } from 'node:fs';
import { CfnGuardValidator } from '@cdklabs/cdk-validator-cfnguard';

const { violations } = new CfnGuardValidator({ maxBuffer: 1 << 28 }).validate({ templatePaths: process.argv.slice(2) });
const broken = violations.flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ templatePath, resourceLogicalId }) =>
  `${ruleName} ${JSON.parse(readFileSync(templatePath)).Resources[resourceLogicalId].Type}`));
console.log(JSON.stringify([...new Set(broken)].sort()));
