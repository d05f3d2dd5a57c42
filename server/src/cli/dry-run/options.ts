import { type ApiServerSettings, parseCidr, parsePortRange, parseVersion } from '../../core/index.ts';

/** What `dry-run` was asked to do. */
export interface DryRunOptions {
  /** Files and directories; `-` is standard input. */
  readonly paths: readonly string[];
  readonly format: 'text' | 'json';
  /** Objects that are there already, from these files: the paths are applied over them. */
  readonly from: string | undefined;
  /** `create`: the objects are applied one after another and see each other. `dry-run`: each is asked about for itself. */
  readonly mode: 'create' | 'dry-run';
  /** JSON lines of standard input in, one answer a line out; the paths do not count. */
  readonly batch: boolean;
  /** Settings of the server that were given; the rest is as the repository's settings have it. */
  readonly settings: Partial<ApiServerSettings>;
}

export interface GivenOptions {
  readonly format?: string;
  readonly from?: string;
  readonly batch?: boolean;
  readonly sequence?: boolean;
  readonly 'service-cidr'?: string;
  readonly 'node-port-range'?: string;
  readonly 'kubernetes-version'?: string;
}

/** Reads the options; a text says what is wrong with them. */
export function readOptions(values: GivenOptions, paths: readonly string[]): DryRunOptions | string {
  const { format = 'text', from, batch = false, sequence = false } = values;
  if (format !== 'text' && format !== 'json') return `unknown format "${format}"; it is text or json`;
  const settings = settingsFrom(values);
  if (typeof settings === 'string') return settings;
  if (from !== undefined && paths.length === 0) return '--from OLD needs the path of the new manifests';
  const others = paths.some((path) => path !== '-') || from !== undefined || sequence;
  if (batch && others) return '--batch reads standard input, and goes with neither paths nor --from nor --sequence';
  const mode = sequence ? 'create' : 'dry-run';
  return { paths: paths.length > 0 ? paths : ['.'], format, from, mode, batch, settings };
}

function settingsFrom(values: GivenOptions): Partial<ApiServerSettings> | string {
  const cidrs = values['service-cidr']?.split(',').map((text) => text.trim());
  const wrong = cidrs?.find((text) => parseCidr(text) === undefined);
  if (wrong !== undefined) return `--service-cidr "${wrong}" is no CIDR, such as 10.96.0.0/12`;
  const range = values['node-port-range'];
  const nodePorts = range === undefined ? undefined : parsePortRange(range);
  if (range !== undefined && nodePorts === undefined) {
    return `--node-port-range "${range}" is no range, such as 30000-32767`;
  }
  const given = values['kubernetes-version'];
  const version = given === undefined ? undefined : parseVersion(given);
  if (given !== undefined && version === undefined) {
    return `--kubernetes-version "${given}" is no version, such as 1.36`;
  }
  return {
    ...(cidrs === undefined ? {} : { serviceCIDRs: cidrs }),
    ...(nodePorts === undefined ? {} : { nodePorts }),
    ...(version === undefined ? {} : { version }),
  };
}
