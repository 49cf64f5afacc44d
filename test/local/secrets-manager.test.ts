import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LocalSecretsManager, startSecretsManager } from '../../local/secrets-manager.ts';

let secrets: LocalSecretsManager;
let client: SecretsManagerClient;
beforeEach(async () => {
  secrets = await startSecretsManager();
  client = new SecretsManagerClient({
    endpoint: secrets.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await secrets.close();
});

const get = (SecretId: string) => client.send(new GetSecretValueCommand({ SecretId }));

test('a secret is read by name, by ARN, and by ARN without its last characters', async () => {
  const arn = secrets.put('pap/database', '{"password": "ü"}');
  for (const id of ['pap/database', arn, arn.slice(0, -7)]) {
    expect(await get(id)).toMatchObject({ Name: 'pap/database', ARN: arn, SecretString: '{"password": "ü"}' });
  }
});

test('rotation gives the new value under a new version', async () => {
  secrets.put('s', 'old');
  const before = await get('s');
  secrets.put('s', 'new');
  const after = await get('s');
  expect(after).toMatchObject({ ARN: before.ARN, SecretString: 'new', VersionStages: ['AWSCURRENT'] });
  expect(after.VersionId).not.toBe(before.VersionId);
});

test('what is missing, denied or broken is said as AWS says it', async () => {
  await expect(get('nothing')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  secrets.put('s', 'x');
  secrets.deny('s');
  await expect(get('s')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  secrets.put('s', 'x');
  secrets.faults.inject({ kind: 'answer', status: 500 });
  await expect(get('s')).rejects.toMatchObject({ name: 'InternalServiceError' });
  await get('s');
});
