// Property tests draw the same cases in every run, so that a red build is about the change it builds and can be run
// again. Look further by hand with `SEED=$RANDOM npm test`; a failure prints its own seed and path.
import { configureGlobal } from 'fast-check';

configureGlobal({ seed: Number(process.env.SEED ?? 20_261_120) });
