// Secrets Manager on loopback, as far as the product uses it: GetSecretValue in the JSON protocol. What a secret says
// is set from the test or the demo, and can change at any time, as rotation does.
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type AwsService, accountId, Refusal, region, startService } from './aws-service.ts';
import { fieldOf, inputOf, jsonAnswer, jsonRefusal, operationOf } from './json-protocol.ts';

export interface LocalSecretsManager extends AwsService {
  /** Creates a secret or rotates the one there is; its ARN. */
  put(name: string, value: string): string;
  /** From now on the secret is refused with AccessDeniedException, until it is put again. */
  deny(name: string): void;
}

interface Secret {
  name: string;
  arn: string;
  value: string;
  versionId: string;
  createdAt: Date;
  denied: boolean;
}

const getInput = z.object({ SecretId: z.string().min(1) });

export async function startSecretsManager(options: { now?: () => Date } = {}): Promise<LocalSecretsManager> {
  const now = options.now ?? (() => new Date());
  const secrets = new Map<string, Secret>();

  function secretOf(id: string): Secret {
    const secret = secrets.get(id) ?? [...secrets.values()].find(({ arn }) => arn === id || arn.slice(0, -7) === id);
    if (!secret) {
      throw new Refusal(400, 'ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    return secret;
  }

  const service = await startService({
    name: (request) => ({ operation: operationOf(request), resource: fieldOf(request, 'SecretId'), parameters: {} }),
    refuse: jsonRefusal('com.amazonaws.secretsmanager'),
    codes: {
      400: 'ResourceNotFoundException',
      403: 'AccessDeniedException',
      500: 'InternalServiceError',
      503: 'ServiceUnavailable',
    },
    act(call, request) {
      if (call.operation !== 'GetSecretValue') {
        throw new Refusal(400, 'InvalidAction', `${call.operation} is not part of this Secrets Manager`);
      }
      const secret = secretOf(inputOf(getInput, request).SecretId);
      if (secret.denied) {
        throw new Refusal(
          400,
          'AccessDeniedException',
          `User is not authorized to perform: secretsmanager:GetSecretValue on resource: ${secret.arn}`,
        );
      }
      return jsonAnswer({
        ARN: secret.arn,
        Name: secret.name,
        VersionId: secret.versionId,
        SecretString: secret.value,
        VersionStages: ['AWSCURRENT'],
        CreatedDate: secret.createdAt.getTime() / 1_000,
      });
    },
  });

  return {
    ...service,
    put(name, value) {
      // The six characters that AWS adds to a name; the same for the same name, so that runs can be compared.
      const suffix = createHash('sha256').update(name).digest('hex').slice(0, 6);
      const arn = `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${suffix}`;
      secrets.set(name, { name, arn, value, versionId: randomUUID(), createdAt: now(), denied: false });
      return arn;
    },
    deny(name) {
      secretOf(name).denied = true;
    },
  };
}
