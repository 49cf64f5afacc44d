import { afterAll, beforeAll } from 'vitest';
import { type LocalS3, startS3 } from '../../local/s3.ts';
import { type LocalSns, startSns } from '../../local/sns.ts';
import { type LocalSqs, startSqs } from '../../local/sqs.ts';
import type { Implementation } from './contract.ts';
import { s3Contract } from './s3.ts';
import { snsContract } from './sns.ts';
import { sqsContract } from './sqs.ts';

let services: { s3: LocalS3; sns: LocalSns; sqs: LocalSqs };
beforeAll(async () => {
  services = { s3: await startS3(), sns: await startSns(), sqs: await startSqs() };
});
afterAll(() => Promise.all(Object.values(services).map((service) => service.close())));

const local: Implementation = {
  name: 'local',
  endpoints: () => ({ s3: services.s3.url, sns: services.sns.url, sqs: services.sqs.url }),
};
s3Contract(local);
snsContract(local);
sqsContract(local);
