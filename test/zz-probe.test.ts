import { test } from 'vitest';
import { parseDocument } from '/work/main/server/src/core/yaml/index.ts';
test('x', () => { for (const n of [3000, 6000, 12000]) for (const t of ['a: {b\n','- [\n','a: "b {\n', '{{ if }}\na: {{ x\n']) { const s=performance.now(); parseDocument(t.repeat(n)); console.log(n, JSON.stringify(t), Math.round(performance.now()-s)); } }, 200000);
