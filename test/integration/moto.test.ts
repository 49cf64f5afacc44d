import { afterAll, beforeAll } from 'vitest';
import type { Implementation } from '../contract/contract.ts';
import { s3Contract } from '../contract/s3.ts';
import { snsContract } from '../contract/sns.ts';
import { sqsContract } from '../contract/sqs.ts';
import { type MotoServer, startMoto } from './moto-server.ts';

let server: MotoServer;
beforeAll(async () => {
  server = await startMoto();
});
afterAll(() => server?.stop());

const moto: Implementation = {
  name: 'moto',
  endpoints: () => ({ s3: server.url, sns: server.url, sqs: server.url }),
};
s3Contract(moto);
snsContract(moto);
sqsContract(moto);
