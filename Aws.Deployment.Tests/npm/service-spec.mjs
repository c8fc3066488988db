// Names what of the templates CloudFormation does not know: node service-spec.mjs TEMPLATE…
import { readFileSync } from 'node:fs';
import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';

const spec = await loadAwsServiceSpec();

function* faultsOf(path, type, value) {
  if (value === null || typeof value !== 'object' || isIntrinsic(value)) return;
  switch (type.type) {
    case 'ref':
      yield* faultsOfObject(path, spec.get('typeDefinition', type.reference.$ref).properties, value);
      break;
    case 'array':
      if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* faultsOf(`${path}[${i}]`, type.element, item);
      break;
    case 'map':
      for (const [key, item] of Object.entries(value)) yield* faultsOf(`${path}.${key}`, type.element, item);
      break;
    case 'union':
      yield* type.types.map((one) => [...faultsOf(path, one, value)]).sort((a, b) => a.length - b.length)[0];
      break;
  }
}

function* faultsOfObject(path, properties, value) {
  for (const [key, item] of Object.entries(value)) {
    if (properties[key]) yield* faultsOf(`${path}.${key}`, properties[key].type, item);
    else yield `${path}.${key} is not known`;
  }
  for (const [key, property] of Object.entries(properties)) {
    if (property.required && !(key in value)) yield `${path}.${key} is missing`;
  }
}

const isIntrinsic = (value) => Object.keys(value).length === 1 && /^(Ref|Fn::.+)$/.test(Object.keys(value)[0]);

const faults = process.argv.slice(2).flatMap((file) => Object.entries(JSON.parse(readFileSync(file)).Resources).flatMap(([id, resource]) => {
  const known = spec.lookup('resource', 'cloudFormationType', 'equals', resource.Type)[0];
  return known ? [...faultsOfObject(`${id} (${resource.Type})`, known.properties, resource.Properties ?? {})] : [`${id} is of type ${resource.Type}, which is not known`];
}));
console.log(JSON.stringify(faults));
