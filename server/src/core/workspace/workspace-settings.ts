import { parseVersion } from '../api/index.ts';
import {
  type ClusterSettings,
  KUBEADM_SETTINGS,
  type NodeSetting,
  parseCidr,
  parsePortRange,
} from '../cluster/index.ts';
import { Fields, type TypeProblem } from '../manifest/index.ts';
import { findMostSimilar } from '../text/similarity.ts';
import { type FieldPath, renderPath } from '../yaml/index.ts';
import type { ManifestFile } from './manifest-file.ts';
import { dirname } from './uri.ts';

/** One cluster of the settings file: which files it takes, and what it is like. */
export interface ClusterDefinition {
  readonly name: string;
  /** Globs relative to the settings file's directory; empty takes everything below it. */
  readonly include: readonly string[];
  readonly directory: string;
  readonly settings: ClusterSettings;
}

/** What a `.kube-netlens.yaml` says. */
export interface WorkspaceSettings {
  readonly uri: string;
  readonly directory: string;
  /** For every set below the directory that no definition names. */
  readonly defaults: ClusterSettings;
  readonly clusters: readonly ClusterDefinition[];
  readonly problems: readonly SettingsProblem[];
}

/** A setting that has no effect, and why. */
export interface SettingsProblem {
  readonly path: FieldPath;
  readonly message: string;
}

/** Reads a settings file; values of a wrong type are reported and fall back to the defaults. */
export function readSettings(file: ManifestFile): WorkspaceSettings {
  const root = file.documents.find((placed) => placed.document.root !== undefined)?.document.root;
  const directory = dirname(file.uri);
  if (root?.kind !== 'mapping')
    return { uri: file.uri, directory, defaults: KUBEADM_SETTINGS, clusters: [], problems: [] };
  const types: TypeProblem[] = [];
  const fields = new Fields([], root, types);
  const defaults = settingsFrom(fields, KUBEADM_SETTINGS);
  const clusters = fields.objects('clusters').map((cluster, index) => ({
    name: cluster.string('name') ?? `cluster ${index + 1}`,
    include: cluster.strings('include').map((item) => item.value),
    directory,
    settings: settingsFrom(cluster, defaults),
  }));
  const problems = [
    ...types.map(describeType),
    ...checkKeys(fields, ['clusters', ...SETTING_KEYS]),
    ...checkValues(fields),
  ];
  return { uri: file.uri, directory, defaults, clusters, problems };
}

const SETTING_KEYS = [
  'clusterDomain',
  'serviceCIDRs',
  'podCIDRs',
  'nodePortRange',
  'kubernetesVersion',
  'nodes',
  'defaultIngressClass',
  'dnsService',
];

function describeType({ path, expected, found }: TypeProblem): SettingsProblem {
  return { path, message: `${renderPath(path)} takes ${expected}, and this is ${found}. The default is used.` };
}

function checkKeys(fields: Fields, known: readonly string[]): readonly SettingsProblem[] {
  return fields.keys
    .filter((key) => !known.includes(key))
    .map((key) => {
      const similar = findMostSimilar(key, known);
      const hint = similar === undefined ? `Known are ${known.join(', ')}.` : `Did you mean ${similar}?`;
      return { path: [...fields.path, key], message: `There is no setting ${key}. ${hint}` };
    });
}

/** Texts that are no CIDR, and unknown keys further down. */
function checkValues(fields: Fields): readonly SettingsProblem[] {
  const cidrs = ['serviceCIDRs', 'podCIDRs'].flatMap((key) => fields.strings(key));
  const invalid = cidrs
    .filter(({ value }) => parseCidr(value) === undefined)
    .map(({ value, path }) => ({
      path,
      message: `${value} is no CIDR, such as 10.96.0.0/12 or fd00::/108. It is left out.`,
    }));
  const texts = TEXT_FORMS.flatMap(({ key, parse, example }) => {
    const value = fields.text(key);
    if (value === undefined || parse(value) !== undefined) return [];
    const path = [...fields.path, key];
    return { path, message: `${value} is no value of ${key}, such as ${example}. The default is used.` };
  });
  const nodes = fields.objects('nodes').flatMap((node) => checkKeys(node, ['name', 'zone']));
  const dns = fields.object('dnsService');
  const clusters = fields
    .objects('clusters')
    .flatMap((cluster) => [...checkKeys(cluster, ['name', 'include', ...SETTING_KEYS]), ...checkValues(cluster)]);
  return [
    ...invalid,
    ...texts,
    ...nodes,
    ...(dns === undefined ? [] : checkKeys(dns, ['namespace', 'podLabels'])),
    ...clusters,
  ];
}

const TEXT_FORMS: readonly {
  readonly key: string;
  readonly parse: (text: string) => unknown;
  readonly example: string;
}[] = [
  { key: 'nodePortRange', parse: parsePortRange, example: '30000-32767' },
  { key: 'kubernetesVersion', parse: parseVersion, example: '1.36' },
];

/** The keys a cluster may have, in the file's own spelling, each with the setting it gives. */
function settingsFrom(fields: Fields, base: ClusterSettings): ClusterSettings {
  const given: Partial<Omit<ClusterSettings, 'given'>> = {
    ...optional('clusterDomain', fields.string('clusterDomain')),
    ...optional('serviceCIDRs', cidrsFrom(fields, 'serviceCIDRs')),
    ...optional('podCIDRs', cidrsFrom(fields, 'podCIDRs')),
    ...optional('nodePortRange', parsed(fields.text('nodePortRange'), parsePortRange)),
    ...optional('kubernetesVersion', parsed(fields.text('kubernetesVersion'), parseVersion)),
    ...optional('nodes', nonEmpty(fields.objects('nodes').map(nodeFrom))),
    ...optional('defaultIngressClass', fields.string('defaultIngressClass')),
    ...optional('dnsService', dnsServiceFrom(fields.object('dnsService'), base)),
  };
  const keys = Object.keys(given) as (keyof ClusterSettings)[];
  return { ...base, ...given, given: new Set([...base.given, ...keys]) };
}

function optional<K extends string, T>(key: K, value: T | undefined): Partial<Record<K, T>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, T>);
}

function parsed<T>(text: string | undefined, parse: (text: string) => T | undefined): T | undefined {
  return text === undefined ? undefined : parse(text);
}

function cidrsFrom(fields: Fields, key: string): readonly string[] | undefined {
  return nonEmpty(
    fields
      .strings(key)
      .map((item) => item.value)
      .filter((text) => parseCidr(text) !== undefined),
  );
}

function nonEmpty<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length > 0 ? items : undefined;
}

function nodeFrom(fields: Fields): NodeSetting {
  return { name: fields.string('name') ?? '', zone: fields.string('zone') };
}

function dnsServiceFrom(fields: Fields | undefined, base: ClusterSettings): ClusterSettings['dnsService'] | undefined {
  if (fields === undefined) return undefined;
  const labels = fields.stringMap('podLabels');
  return {
    namespace: fields.string('namespace') ?? base.dnsService.namespace,
    labels: labels.size > 0 ? labels : base.dnsService.labels,
  };
}
