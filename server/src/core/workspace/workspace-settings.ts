import { type ClusterSettings, KUBEADM_SETTINGS, type NodeSetting } from '../cluster/index.ts';
import { Fields, type TypeProblem } from '../manifest/index.ts';
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
  readonly problems: readonly TypeProblem[];
}

/** Reads a settings file; values of a wrong type are reported and fall back to the defaults. */
export function readSettings(file: ManifestFile): WorkspaceSettings {
  const root = file.documents.find((placed) => placed.document.root !== undefined)?.document.root;
  const directory = dirname(file.uri);
  const problems: TypeProblem[] = [];
  if (root?.kind !== 'mapping') return { uri: file.uri, directory, defaults: KUBEADM_SETTINGS, clusters: [], problems };
  const fields = new Fields([], root, problems);
  const defaults = settingsFrom(fields, KUBEADM_SETTINGS);
  const clusters = fields.objects('clusters').map((cluster, index) => ({
    name: cluster.string('name') ?? `cluster ${index + 1}`,
    include: cluster.strings('include').map((item) => item.value),
    directory,
    settings: settingsFrom(cluster, defaults),
  }));
  return { uri: file.uri, directory, defaults, clusters, problems };
}

/** The keys a cluster may have, in the file's own spelling, each with the setting it gives. */
function settingsFrom(fields: Fields, base: ClusterSettings): ClusterSettings {
  const given: Partial<Omit<ClusterSettings, 'given'>> = {
    ...optional('clusterDomain', fields.string('clusterDomain')),
    ...optional('serviceCIDRs', nonEmpty(fields.strings('serviceCIDRs').map((item) => item.value))),
    ...optional('podCIDRs', nonEmpty(fields.strings('podCIDRs').map((item) => item.value))),
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
