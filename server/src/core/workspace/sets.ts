import { type ClusterSettings, KUBEADM_SETTINGS } from '../cluster/index.ts';
import type { Resource } from '../manifest/index.ts';
import { findNode, isSameData } from '../yaml/index.ts';
import { globToRegExp } from './glob.ts';
import { isChartFile, type Kustomization, reachOf, readKustomization, rootsOf } from './kustomization.ts';
import type { ManifestFile } from './manifest-file.ts';
import { dirname, isInside, relativeTo } from './uri.ts';
import { readSettings, type WorkspaceSettings } from './workspace-settings.ts';

/** Files whose objects are applied together. */
export interface ManifestSet {
  readonly name: string;
  /** Why these files belong together, for the status bar. */
  readonly reason: string;
  readonly uris: readonly string[];
  readonly settings: ClusterSettings;
  /** Why more objects may exist than are in view. */
  readonly openReason: string | undefined;
  /** The kustomization that may add to its objects before they are applied. */
  readonly transformedBy?: string;
}

/** Every manifest of a workspace in exactly one set, and the files that are in none. */
export interface Partition {
  readonly sets: readonly ManifestSet[];
  /** Files that are left alone, with the reason people are told. */
  readonly skipped: ReadonlyMap<string, string>;
  /** Identities of objects that more than one file brings: the sets depend on what these objects say. */
  readonly repeated: ReadonlySet<string>;
}

/**
 * Decides which manifests belong to one cluster: settings file, then kustomizations, then the largest subtrees in which no
 * object occurs twice. Depends on nothing but the files, so the same files always give the same sets.
 */
export function partition(files: ReadonlyMap<string, ManifestFile>, roots: readonly string[]): Partition {
  const sorted = [...files.values()].sort((a, b) => (a.uri < b.uri ? -1 : 1));
  const settings = sorted.filter((file) => file.role === 'settings').map(readSettings);
  const skipped = new Map<string, string>();
  const charts = sorted.filter((file) => isChartFile(file.uri)).map((file) => dirname(file.uri));
  const patches = new Set(kustomizationsOf(sorted).flatMap((each) => each.patches));
  let rest = sorted.filter((file) => isApplied(file, charts, patches, skipped));
  const naming = new Naming(roots);
  const defined = takeDefined(rest, settings, naming);
  rest = without(rest, defined);
  const kustomized = takeKustomized(rest, sorted, settings, naming, skipped);
  rest = without(rest, kustomized).filter((file) => !skipped.has(file.uri));
  const openDirectories = [...charts, ...templateDirectories(sorted, charts)];
  const remaining = roots.flatMap((root) => takeSubtrees(rest, root, settings, naming, openDirectories));
  const elsewhere = without(rest, remaining).map((file) =>
    subtreeSet([file], dirname(file.uri), settings, naming, openDirectories),
  );
  return {
    sets: [...defined, ...kustomized, ...remaining, ...elsewhere],
    skipped,
    repeated: repeatedIdentities(sorted),
  };
}

function repeatedIdentities(files: readonly ManifestFile[]): ReadonlySet<string> {
  const owners = new Map<string, ManifestFile>();
  const repeated = new Set<string>();
  for (const file of files) {
    for (const identity of file.identities) {
      if ((owners.get(identity) ?? file) !== file) repeated.add(identity);
      owners.set(identity, file);
    }
  }
  return repeated;
}

function kustomizationsOf(files: readonly ManifestFile[]): readonly Kustomization[] {
  return files.filter((file) => file.role === 'kustomization').map(readKustomization);
}

function isApplied(
  file: ManifestFile,
  charts: readonly string[],
  patches: ReadonlySet<string>,
  skipped: Map<string, string>,
): boolean {
  if (file.role === 'template') skipped.set(file.uri, 'a Go template, which is not rendered yet');
  if (file.role !== 'manifest') return false;
  const reason = partReason(file, charts, patches);
  if (reason !== undefined) skipped.set(file.uri, reason);
  return reason === undefined;
}

const PATCH = 'a patch of a kustomization, which is no object by itself';

/** Why a file is only a part of what is applied. */
function partReason(
  { uri, isUntyped }: ManifestFile,
  charts: readonly string[],
  patches: ReadonlySet<string>,
): string | undefined {
  // A file of a chart is one of its templates even if it happens to hold no action.
  const isInChart = (path: string) => charts.some((directory) => isInside(uri, `${directory}${path}`));
  if (isInChart('/templates')) return 'a template of a Helm chart, which is not rendered yet';
  if (!isUntyped) return undefined;
  if (isInChart('')) return 'a part of a Helm chart, which is no object by itself';
  return patches.has(uri) ? PATCH : undefined;
}

function without(files: readonly ManifestFile[], sets: readonly ManifestSet[]): ManifestFile[] {
  const taken = new Set(sets.flatMap((set) => set.uris));
  return files.filter((file) => !taken.has(file.uri));
}

/** Sets are named by their directory relative to the workspace folder. */
class Naming {
  constructor(private readonly roots: readonly string[]) {}

  nameOf(directory: string): string {
    const root = this.roots.find((candidate) => isInside(directory, candidate)) ?? '';
    if (directory !== root) return relativeTo(directory, root);
    return relativeTo(directory, dirname(directory)) || 'workspace';
  }
}

function takeDefined(
  files: readonly ManifestFile[],
  settings: readonly WorkspaceSettings[],
  naming: Naming,
): ManifestSet[] {
  const taken = new Set<string>();
  return settings.flatMap((each) =>
    each.clusters.map((definition) => {
      const patterns = definition.include.map(globToRegExp);
      const uris = files
        .map((file) => file.uri)
        .filter((uri) => !taken.has(uri) && isInside(uri, each.directory))
        .filter(
          (uri) => patterns.length === 0 || patterns.some((pattern) => pattern.test(relativeTo(uri, each.directory))),
        );
      for (const uri of uris) taken.add(uri);
      const reason = `cluster ${definition.name} of ${naming.nameOf(each.uri)}`;
      return { name: definition.name, reason, uris, settings: definition.settings, openReason: undefined };
    }),
  );
}

function takeKustomized(
  files: readonly ManifestFile[],
  all: readonly ManifestFile[],
  settings: readonly WorkspaceSettings[],
  naming: Naming,
  skipped: Map<string, string>,
): ManifestSet[] {
  const kustomizations = kustomizationsOf(all);
  const byDirectory = new Map(kustomizations.map((each) => [dirname(each.uri), each]));
  const known = new Set(files.map((file) => file.uri));
  for (const patch of kustomizations.flatMap((each) => each.patches)) {
    if (known.has(patch)) skipped.set(patch, PATCH);
  }
  const taken = new Set(skipped.keys());
  return rootsOf(kustomizations).flatMap((root) => {
    const uris = [...reachOf(root, byDirectory).resources].filter((uri) => known.has(uri) && !taken.has(uri)).sort();
    for (const uri of uris) taken.add(uri);
    return uris.length === 0 ? [] : [kustomizedSet(root, uris, settings, naming)];
  });
}

function kustomizedSet(
  root: Kustomization,
  uris: readonly string[],
  settings: readonly WorkspaceSettings[],
  naming: Naming,
): ManifestSet {
  const name = naming.nameOf(dirname(root.uri));
  return {
    name,
    reason: `the files of kustomization ${name}, not rendered yet`,
    uris,
    settings: settingsFor(dirname(root.uri), settings),
    openReason: `kustomization ${name} is not rendered yet`,
    transformedBy: name,
  };
}

/** The innermost settings file above a directory. */
function settingsFor(directory: string, settings: readonly WorkspaceSettings[]): ClusterSettings {
  const above = settings.filter((each) => isInside(directory, each.directory));
  return above.sort((a, b) => b.directory.length - a.directory.length)[0]?.defaults ?? KUBEADM_SETTINGS;
}

function templateDirectories(files: readonly ManifestFile[], charts: readonly string[]): readonly string[] {
  const templates = files.filter((file) => file.role === 'template').map((file) => dirname(file.uri));
  return [...new Set(templates)].filter((directory) => !charts.some((chart) => isInside(directory, chart)));
}

function takeSubtrees(
  files: readonly ManifestFile[],
  directory: string,
  settings: readonly WorkspaceSettings[],
  naming: Naming,
  openDirectories: readonly string[],
): ManifestSet[] {
  const inside = files.filter((file) => isInside(file.uri, directory));
  if (inside.length === 0) return [];
  if (inside.length === 1 || !repeatsIdentity(inside)) {
    return [subtreeSet(inside, commonDirectory(inside), settings, naming, openDirectories)];
  }
  const direct = inside.filter((file) => dirname(file.uri) === directory);
  const directSets = repeatsIdentity(direct)
    ? direct.map((file) => [file])
    : [direct].filter((group) => group.length > 0);
  const children = new Set(
    inside.filter((file) => dirname(file.uri) !== directory).map((file) => childOf(file.uri, directory)),
  );
  return [
    ...directSets.map((group) => subtreeSet(group, directory, settings, naming, openDirectories)),
    ...[...children].flatMap((child) => takeSubtrees(inside, child, settings, naming, openDirectories)),
  ];
}

function childOf(uri: string, directory: string): string {
  const start = directory === '' ? 0 : directory.length + 1;
  return uri.slice(0, uri.indexOf('/', start));
}

function commonDirectory(files: readonly ManifestFile[]): string {
  let common = dirname(files[0]?.uri ?? '');
  for (const file of files) while (!isInside(file.uri, common)) common = dirname(common);
  return common;
}

/**
 * Whether two files bring the same object in different versions, as overlays and variants do. The same object word for word is
 * no second version, nor is a Namespace, which directories create wherever they need it; twice in one file is that file's own affair.
 */
function repeatsIdentity(files: readonly ManifestFile[]): boolean {
  const owners = new Map<string, Resource>();
  for (const file of files) {
    for (const [index, resource] of file.resources.entries()) {
      if (resource.name === '' || resource.type === 'Namespace') continue;
      const identity = file.identities[index] ?? '';
      const owner = owners.get(identity);
      if (owner !== undefined && owner.uri !== file.uri && !isSameObject(owner, resource)) return true;
      owners.set(identity, resource);
    }
  }
  return false;
}

function isSameObject(a: Resource, b: Resource): boolean {
  return isSameData(findNode(a.document.root, a.path), findNode(b.document.root, b.path));
}

function subtreeSet(
  files: readonly ManifestFile[],
  directory: string,
  settings: readonly WorkspaceSettings[],
  naming: Naming,
  openDirectories: readonly string[],
): ManifestSet {
  const open = openDirectories.find((each) => isInside(each, directory) || isInside(directory, each));
  return {
    name: files.length === 1 && files[0] ? naming.nameOf(files[0].uri) : naming.nameOf(directory),
    reason: reasonFor(files, naming.nameOf(directory)),
    uris: files.map((file) => file.uri),
    settings: settingsFor(directory, settings),
    openReason: open && `${naming.nameOf(open)} holds templates that are not rendered yet`,
  };
}

function reasonFor(files: readonly ManifestFile[], directory: string): string {
  if (files.length === 1) return 'this file alone: the files around it repeat its objects, or there are none';
  return `the files of ${directory}, in which no object occurs in two versions`;
}
