import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../../local/http-server.ts';
import { findBinaries } from '../../../local/postgres/binaries.ts';
import { guard, initialise, launch, shutDown } from '../../../local/postgres/process.ts';
import { privateFolder, serverAccount } from '../../../local/postgres/unprivileged.ts';

async function cluster() {
  const account = await serverAccount();
  const binaries = await findBinaries(18, account, { environment: process.env, onProgress: () => {} });
  const folder = { path: await privateFolder(account), account };
  const watch = guard(folder);
  onTestFinished(() => watch.close());
  await initialise(binaries, folder, 'secret');
  return { binaries, folder };
}

test('a port that somebody takes first is left to them', async () => {
  const { binaries, folder } = await cluster();
  const [taken, free] = [await serve(() => ({ status: 200 })), await serve(() => ({ status: 200 }))];
  onTestFinished(() => taken.close());
  await free.close();
  const ports = [taken.port, taken.port, free.port];
  const { port, child } = await launch(binaries, folder, {}, undefined, async () => ports.shift() ?? 0);
  await shutDown(child);
  expect(port).toBe(free.port);
});

test('when every port is taken it says so', async () => {
  const { binaries, folder } = await cluster();
  const taken = await serve(() => ({ status: 200 }));
  onTestFinished(() => taken.close());
  await expect(launch(binaries, folder, {}, undefined, async () => taken.port)).rejects.toMatchObject({
    reason: 'unavailable',
    message: expect.stringContaining('Address already in use'),
  });
});
