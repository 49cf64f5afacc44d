// The name of an S3 bucket in settings.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
import * as z from 'zod';

export const bucketName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'expected the name of a bucket, without "s3://" and without a folder');
