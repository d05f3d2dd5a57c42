import { type FieldPath, findEntry, findNode, type YamlNode } from '../yaml/index.ts';
import type { ManifestFile } from './manifest-file.ts';
import { basename, dirname, join } from './uri.ts';

/** What one kustomization refers to, as URIs without a trailing slash. */
export interface Kustomization {
  readonly uri: string;
  /** Files and directories whose objects it applies. */
  readonly resources: readonly string[];
  /** Files that hold parts of objects, which are no objects by themselves. */
  readonly patches: readonly string[];
}

/** Reads the references of a kustomization file; remote ones are left out. */
export function readKustomization(file: ManifestFile): Kustomization {
  const root = file.documents.find((placed) => placed.document.root !== undefined)?.document.root;
  const directory = dirname(file.uri);
  const resolve = (references: readonly string[]) =>
    references.filter((reference) => !isRemote(reference)).map((reference) => join(directory, reference));
  return {
    uri: file.uri,
    resources: resolve(['resources', 'bases', 'components', 'crds'].flatMap((key) => stringsAt(root, [key]))),
    patches: resolve([
      ...stringsAt(root, ['patchesStrategicMerge']).filter((text) => !text.includes('\n')),
      ...['patches', 'patchesJson6902', 'replacements', 'transformers', 'generators', 'configurations'].flatMap((key) =>
        pathsAt(root, key),
      ),
    ]),
  };
}

function isRemote(reference: string): boolean {
  return /^[a-z+]+:\/\/|^git@|^github\.com\/|\?ref=/.test(reference);
}

function stringsAt(root: YamlNode | undefined, path: FieldPath): readonly string[] {
  const node = findNode(root, path);
  if (node?.kind !== 'sequence') return [];
  return node.items.flatMap((item) => (item?.kind === 'scalar' && item.text !== '' ? [item.text] : []));
}

/** Items that are paths themselves, or mappings with a `path`. */
function pathsAt(root: YamlNode | undefined, key: string): readonly string[] {
  const node = findNode(root, [key]);
  if (node?.kind !== 'sequence') return [];
  return node.items.flatMap((item) => {
    const value = item?.kind === 'mapping' ? findEntry(item, 'path')?.value : item;
    return value?.kind === 'scalar' && value.text !== '' && !value.text.includes('\n') ? [value.text] : [];
  });
}

/** Every file that a kustomization reaches, through other kustomizations too, and the patches on the way. */
export interface KustomizationReach {
  readonly resources: ReadonlySet<string>;
  readonly patches: ReadonlySet<string>;
  readonly kustomizations: ReadonlySet<string>;
}

/** Follows references from one kustomization; cycles end where they began. */
export function reachOf(start: Kustomization, byDirectory: ReadonlyMap<string, Kustomization>): KustomizationReach {
  const resources = new Set<string>();
  const patches = new Set<string>();
  const kustomizations = new Set<string>();
  const queue = [start];
  for (let current = queue.pop(); current !== undefined; current = queue.pop()) {
    if (kustomizations.has(current.uri)) continue;
    kustomizations.add(current.uri);
    for (const patch of current.patches) patches.add(patch);
    for (const reference of current.resources) {
      const nested = byDirectory.get(reference);
      if (nested !== undefined) queue.push(nested);
      else resources.add(reference);
    }
  }
  return { resources, patches, kustomizations };
}

/** The kustomizations that no other refers to, by file name order. */
export function rootsOf(all: readonly Kustomization[]): readonly Kustomization[] {
  const referenced = new Set(all.flatMap((kustomization) => kustomization.resources));
  return all.filter(
    (kustomization) => !referenced.has(dirname(kustomization.uri)) && !referenced.has(kustomization.uri),
  );
}

/** A chart's root: where its `Chart.yaml` lies. */
export function isChartFile(uri: string): boolean {
  return basename(uri) === 'Chart.yaml';
}
