// Tokens made by another implementation, and the key set to check them with: {"secret": …, "tokens": [{"alg", "kid", "claims"}]} on standard input.
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const input = JSON.parse(await new Response(process.stdin).text());
const jwks = { keys: [] };
const tokens = [];
for (const { alg, kid, claims } of input.tokens) {
  if (alg === 'HS256') {
    tokens.push(await new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(new TextEncoder().encode(input.secret)));
    continue;
  }

  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  jwks.keys.push({ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' });
  tokens.push(await new SignJWT(claims).setProtectedHeader({ alg, kid, typ: 'JWT' }).sign(privateKey));
}

console.log(JSON.stringify({ jwks, tokens }));
