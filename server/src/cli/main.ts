import { parseArgs } from 'node:util';
import { check } from './check.ts';
import { type GivenOptions, readOptions } from './dry-run/options.ts';

const HELP = `kube-netlens - Kubernetes networking, answered before you apply

Usage:
  kube-netlens check [PATH...]    find networking mistakes in the manifests of files and directories
  kube-netlens dry-run [PATH...]  say what kubectl apply --dry-run=server would print, object by object
  kube-netlens lsp --stdio        run the language server for an editor

Options of check and dry-run:
  --format text|json              how findings and answers are printed (default: text)

Options of dry-run:
  --from OLD                      apply the objects of OLD first, then PATH over them: what may change, what is kept
  --sequence                      apply the objects one after another, so that they see each other's addresses and ports
  --batch                         read JSON lines {object}, {steps: [{object}...]} or {from, to} from standard input, write one answer a line
  --service-cidr CIDR[,CIDR]      service CIDRs, the primary family's first (default: 10.96.0.0/12)
  --node-port-range FIRST-LAST    where node ports come from (default: 30000-32767)
  --kubernetes-version VERSION    whose behaviour (default: 1.36)

  -h, --help                      show this help
  -v, --version                   show the version

PATH defaults to the current directory; - is standard input (dry-run). Directories are read recursively; files that belong together are found by
themselves or named in .kube-netlens.yaml. A comment "# kube-netlens-ignore RULE" silences a rule on its line and the next.

Exit status: 0 nothing to report, 1 findings of severity error or warning, or refused objects, 2 could not run.
`;

/** Where a command prints, so that tests can read it. */
export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly color: boolean;
}

/** Runs the command line and gives its exit status; undefined for the language server, which goes on. */
export async function main(args: readonly string[], output: Output): Promise<number | undefined> {
  const [command, ...rest] = args;
  if (command === undefined || command === '--help' || command === '-h' || command === 'help') {
    output.out(HELP);
    return command === undefined ? 2 : 0;
  }
  if (command === '--version' || command === '-v') {
    output.out(`${VERSION}\n`);
    return 0;
  }
  if (command === 'check') return runCheck(rest, output);
  if (command === 'dry-run') return runDryRun(rest, output);
  if (command === 'lsp') return runServer(rest, output);
  return refuse(output, `unknown command "${command}"`);
}

declare const VERSION: string;

async function runCheck(args: readonly string[], output: Output): Promise<number> {
  const parsed = parseOptions(args, output);
  if (parsed === undefined) return 2;
  const { values, positionals } = parsed;
  if (values.help) {
    output.out(HELP);
    return 0;
  }
  const format = values.format ?? 'text';
  if (format !== 'text' && format !== 'json') return refuse(output, `unknown format "${format}"; it is text or json`);
  return check(positionals.length > 0 ? positionals : ['.'], format, output);
}

function parseOptions(args: readonly string[], output: Output) {
  try {
    const options = { format: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    refuse(output, error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

async function runDryRun(args: readonly string[], output: Output): Promise<number> {
  const parsed = parseDryRun(args, output);
  if (parsed === undefined) return 2;
  const { values, positionals } = parsed;
  if (values.help) {
    output.out(HELP);
    return 0;
  }
  const options = readOptions(values as GivenOptions, positionals);
  if (typeof options === 'string') return refuse(output, options);
  const { dryRun } = await import('./dry-run/dry-run.ts');
  return dryRun(options, output, process.stdin);
}

function parseDryRun(args: readonly string[], output: Output) {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: text,
        from: text,
        batch: flag,
        sequence: flag,
        'service-cidr': text,
        'node-port-range': text,
        'kubernetes-version': text,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    refuse(output, error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

async function runServer(args: readonly string[], output: Output): Promise<number | undefined> {
  if (!args.includes('--stdio'))
    return refuse(output, 'the language server speaks over stdio: kube-netlens lsp --stdio');
  const { startServer } = await import('../node.ts');
  startServer();
  return undefined;
}

function refuse(output: Output, message: string): number {
  output.err(`kube-netlens: ${message}\nTry "kube-netlens --help".\n`);
  return 2;
}
