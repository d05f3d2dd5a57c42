// Builds and packages the extension, then runs its suite in real VS Codes: `npm run test:vscode -- [RUN…]`.
import { must } from './process.mjs';

await must('node', 'scripts/package.mjs');
await must('node', 'scripts/build.mjs');
await must('node', 'scripts/run.mjs', 'test/extension/run.ts', ...process.argv.slice(2));
