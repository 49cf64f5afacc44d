import { describe, inject } from 'vitest';
import { installedMajor } from '../../local/postgres/versions.ts';
import '../support/postgres-url.ts';
import { describeSingleChanges } from './single-changes.ts';

describe('single changes', () => describeSingleChanges(installedMajor, () => inject('postgresUrl')));
