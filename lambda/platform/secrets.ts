// Secrets by reference: Secrets Manager by name or ARN, environment variables by `env:NAME`. Owns the cache. What a
// secret says is returned to the caller and appears nowhere else: no message, cause or log holds it.
import type {
  GetSecretValueCommandOutput,
  SecretsManagerClient,
  SecretsManagerClientConfig,
} from '@aws-sdk/client-secrets-manager';
import type { Milliseconds } from '../config/duration.ts';
import { EdgeError } from '../errors.ts';
import type { Clock, SecretReference, Secrets } from './ports.ts';
import { asSdkError, isConnectionFailure } from './sdk-error.ts';

export interface SecretsOptions {
  /** Where `env:NAME` is looked up. */
  environment: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  /** How long a secret is believed without being asked for again. @default 5 minutes */
  keepFor?: Milliseconds;
  /** Over the SDK's own configuration (region, endpoint, credentials). */
  client?: SecretsManagerClientConfig;
}

const fiveMinutes = 300_000;

interface Kept {
  text: string;
  version: string | undefined;
}

export function createSecrets(options: SecretsOptions): Secrets {
  const { environment, clock, keepFor = fiveMinutes } = options;
  const known = new Map<SecretReference, Kept & { until: number }>();
  const clientFor = clients(options.client);

  const find: (...of: Parameters<Secrets['read']>) => Promise<Kept> = async (
    reference,
    { fresh = false, signal } = {},
  ) => {
    if (reference.startsWith('env:')) return { text: fromEnvironment(environment, reference), version: undefined };
    const now = clock.now().getTime();
    const kept = known.get(reference);
    if (kept && !fresh && now < kept.until) return kept;
    const found = await fromSecretsManager(clientFor, reference, signal);
    known.set(reference, { ...found, until: now + keepFor });
    return found;
  };

  return {
    read: async (...of) => (await find(...of)).text,
    version: async (...of) => (await find(...of)).version,
  };
}

function fromEnvironment(environment: SecretsOptions['environment'], reference: SecretReference): string {
  const name = reference.slice('env:'.length);
  const text = environment[name];
  if (text !== undefined && text !== '') return text;
  throw new EdgeError('missing', `the environment variable ${name} is ${text === '' ? 'empty' : 'not set'}`, {
    remedy: `Set ${name} where this runs, or name a Secrets Manager secret in the settings.`,
  });
}

/** One client a region: an ARN says in which region its secret is. The SDK is loaded on first use. */
function clients(
  config: SecretsManagerClientConfig = {},
): (reference: SecretReference) => Promise<SecretsManagerClient> {
  const made = new Map<string, SecretsManagerClient>();
  return async (reference) => {
    const { SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
    const region = /^arn:[^:]*:secretsmanager:([^:]+):/.exec(reference)?.[1] ?? '';
    const client =
      made.get(region) ??
      new SecretsManagerClient({
        requestHandler: { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
        ...config,
        ...(region === '' ? {} : { region }),
      });
    made.set(region, client);
    return client;
  };
}

async function fromSecretsManager(
  clientFor: (reference: SecretReference) => Promise<SecretsManagerClient>,
  reference: SecretReference,
  signal: AbortSignal | undefined,
): Promise<Kept> {
  let answer: GetSecretValueCommandOutput;
  try {
    const client = await clientFor(reference);
    const { GetSecretValueCommand } = await import('@aws-sdk/client-secrets-manager');
    const command = new GetSecretValueCommand({ SecretId: reference });
    answer = await client.send(command, signal ? { abortSignal: signal } : {});
  } catch (error) {
    throw failure(error, reference);
  }
  if (answer.SecretString) return { text: answer.SecretString, version: answer.VersionId };
  throw new EdgeError('invalid', `the secret ${reference} holds no text`, {
    remedy: 'Store it as text (SecretString), not as binary.',
  });
}

// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html#API_GetSecretValue_Errors and
// https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html
function failure(error: unknown, reference: SecretReference): EdgeError {
  const refused = asSdkError(error);
  const { name = '', code } = refused;
  const edge = (reason: ConstructorParameters<typeof EdgeError>[0], message: string, remedy: string): EdgeError =>
    new EdgeError(reason, message, { remedy, cause: error });
  if (isConnectionFailure(refused)) {
    return edge(
      'unreachable',
      `Secrets Manager cannot be reached (${code}) for the secret ${reference}`,
      'In a VPC, it needs an endpoint for Secrets Manager or a NAT gateway.',
    );
  }
  switch (name) {
    case 'ResourceNotFoundException':
      return edge(
        'missing',
        `Secrets Manager has no secret ${reference}`,
        'Create it, or correct its name in the settings; a secret of another region or account needs its full ARN.',
      );
    case 'InvalidRequestException':
      return edge('missing', `the secret ${reference} is marked for deletion`, 'Restore it, or name its successor.');
    case 'AccessDeniedException':
    case 'DecryptionFailure':
      return edge(
        'denied',
        `may not read the secret ${reference}`,
        'Allow secretsmanager:GetSecretValue on it, and kms:Decrypt on its key, to the role this runs as.',
      );
    case 'UnrecognizedClientException':
    case 'InvalidSignatureException':
    case 'ExpiredTokenException':
    case 'CredentialsProviderError':
      return edge(
        'authentication',
        `AWS did not accept our credentials for reading the secret ${reference}`,
        'Give this process valid AWS credentials: a role, a profile, or the AWS_ variables.',
      );
    case 'ValidationException':
    case 'InvalidParameterException':
      return edge('invalid', `Secrets Manager does not accept the name ${reference}`, 'Correct it in the settings.');
    case 'AbortError':
    case 'TimeoutError':
      return edge(
        'timeout',
        `Secrets Manager did not answer in time for the secret ${reference}`,
        'In a VPC, it needs an endpoint for Secrets Manager or a NAT gateway.',
      );
  }
  return edge(
    'unavailable',
    `Secrets Manager could not serve the secret ${reference} (${name || 'unknown error'})`,
    'The next run tries again; when it lasts, look at the health of Secrets Manager in this region.',
  );
}
