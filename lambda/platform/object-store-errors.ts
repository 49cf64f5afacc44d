// What S3 means when it refuses, in our words. Error codes: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
import { EdgeError, type EdgeReason } from '../errors.ts';
import { asSdkError, isConnectionFailure } from './sdk-error.ts';

/** What was being done, to what; `action` is the permission it needs. */
export interface ObjectPlace {
  action: 's3:ListBucket' | 's3:GetObject' | 's3:PutObject' | 's3:DeleteObject';
  bucket: string;
  key?: string;
  prefix?: string;
}

const doing: Record<ObjectPlace['action'], string> = {
  's3:ListBucket': 'listing',
  's3:GetObject': 'reading',
  's3:PutObject': 'writing',
  's3:DeleteObject': 'deleting',
};

/** @param signal the caller's: what fails once it is aborted fails because of that, whatever the SDK calls it */
export function objectStoreError(error: unknown, place: ObjectPlace, signal?: AbortSignal): EdgeError {
  const failure = asSdkError(error);
  const { name = '', code, message = '', $metadata } = failure;
  const what = `${doing[place.action]} ${addressOf(place)}`;
  const edge = (reason: EdgeReason, message: string, remedy: string) =>
    new EdgeError(reason, message, { remedy, cause: error });
  if (signal?.aborted) return edge('timeout', `${what}: S3 did not answer in time`, networkRemedy);
  if (isConnectionFailure(failure)) {
    return edge('unreachable', `${what}: S3 cannot be reached (${code})`, networkRemedy);
  }
  switch (name) {
    case 'NoSuchBucket':
      return edge(
        'missing',
        `${what}: there is no bucket ${place.bucket}`,
        'Correct the name of the bucket, or create it.',
      );
    case 'NoSuchKey':
      // Of a conditional write: what was to be replaced has been deleted.
      return place.action === 's3:PutObject'
        ? edge('conflict', `${what}: it was deleted in the meantime`, 'The next attempt reads it again.')
        : edge('missing', `${what}: there is no such object`, 'Check its key.');
    case 'PreconditionFailed':
    case 'ConditionalRequestConflict':
      return edge('conflict', `${what}: somebody else changed it first`, 'The next attempt reads it again.');
    case 'InvalidAccessKeyId':
    case 'SignatureDoesNotMatch':
    case 'ExpiredToken':
    case 'ExpiredTokenException':
    case 'InvalidToken':
    case 'CredentialsProviderError':
    case 'RequestTimeTooSkewed':
      return edge(
        'authentication',
        `${what}: AWS did not accept our credentials (${name})`,
        'Give this process valid AWS credentials (a role, a profile, or the AWS_ variables), and the right time.',
      );
    case 'AbortError':
    case 'TimeoutError':
      return edge('timeout', `${what}: S3 did not answer in time`, networkRemedy);
  }
  const status = $metadata?.httpStatusCode;
  if (status === 403) return edge('denied', `${what}: access denied`, permissionRemedy(place));
  if (status === 412 || status === 409) {
    return edge('conflict', `${what}: somebody else changed it first`, 'The next attempt reads it again.');
  }
  // The SDK sends nothing when it does not know where to.
  if (status === undefined && /region/i.test(message)) {
    return edge('invalid', `${what}: no AWS region is set`, 'Set AWS_REGION, or the region of the AWS profile.');
  }
  if (status !== undefined && status >= 400 && status < 500 && status !== 429) {
    return edge(
      'invalid',
      `${what}: S3 refused the request (${status} ${name})`,
      'Check bucket and key in the settings.',
    );
  }
  return edge(
    'unavailable',
    `${what}: S3 could not serve it (${[status, name].filter(Boolean).join(' ') || 'unknown error'})`,
    'The next run tries again; when it lasts, look at the health of S3 in this region.',
  );
}

/** The S3 error code behind an EdgeError; `undefined` for anything else. */
export function refusalOf(error: unknown): string | undefined {
  return error instanceof EdgeError ? asSdkError(error.cause).name : undefined;
}

const networkRemedy = 'In a VPC, S3 needs a gateway endpoint or a NAT gateway.';

function permissionRemedy({ action, bucket, key }: ObjectPlace): string {
  const resource = action === 's3:ListBucket' ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/*`;
  const also =
    key !== undefined && action === 's3:GetObject'
      ? ' Without s3:ListBucket, S3 says this of missing objects too.'
      : '';
  return `Allow ${action} on ${resource} to the role this runs as, and look at the bucket’s own policy.${also}`;
}

function addressOf({ bucket, key, prefix }: ObjectPlace): string {
  return `s3://${bucket}/${key ?? prefix ?? ''}`;
}
