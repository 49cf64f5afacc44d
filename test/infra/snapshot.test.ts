// The whole template of the demo, so that no change of it goes unseen; `vitest -u` accepts one that is meant. Hashes of
// assets are left out: they change with every line of the functions.
import { expect, it } from 'vitest';
import { synth } from './synth.ts';

it('is the template that was last looked at', async () => {
  const text = JSON.stringify(synth().toJSON(), null, 2).replaceAll(/\b[0-9a-f]{64}\b/g, '<asset>');
  await expect(`${text}\n`).toMatchFileSnapshot('demo.template.snap');
});
