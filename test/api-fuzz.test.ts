// Objects that nobody would write, against the simulated API server. `FUZZ=100000 npx vitest run test/api-fuzz.test.ts` tries more of
// them, and `FUZZ_SEED` others.
import { describe, expect, test } from 'vitest';
import {
  type ApiAnswer,
  type ApiServer,
  answerJson,
  appliedJson,
  applyManifest,
  applyText,
  createApiServer,
  diagnose,
  outcomeOf,
  Snapshot,
  storedBy,
  storedJson,
} from '../server/src/core/index.ts';
import { isPlaceholder } from '../server/src/core/api/index.ts';
import { isJsonObject, type Json, type JsonObject } from '../server/src/core/yaml/index.ts';
import { readLines } from './conformance/lines.ts';
import { RandomObjects } from './support/random-objects.ts';

const COUNT = Number(process.env['FUZZ'] ?? 6_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
/** Far more than any answer takes, even on a machine that has other things to do. */
const LONGEST = 3_000;
