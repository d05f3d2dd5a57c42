import { decodeDocument, identityOf, type Resource } from '../manifest/index.ts';
import { LineIndex, lineStartsOf, type TextPiece } from '../text/line-index.ts';
import { isBroken, parseDocument, splitDocuments, type YamlDocument } from '../yaml/index.ts';
import { type UntypedObject, untypedObjectsOf } from './untyped-object.ts';
import { basename, decodePath } from './uri.ts';

/** One document of a file and where it begins; ranges inside are relative to that. */
export interface PlacedDocument extends TextPiece {
  readonly document: YamlDocument;
  readonly resources: readonly Resource[];
  /** Objects that do not say what they are, so that they are no resources. */
  readonly untyped: readonly UntypedObject[];
}

/**
 * What a file is to us. Only a `manifest` is applied; a `template` is text for Helm, a `kustomization` and `settings` say
 * how manifests belong together, `other` holds no Kubernetes object.
 */
export type FileRole = 'manifest' | 'template' | 'kustomization' | 'settings' | 'other';

export const SETTINGS_NAMES: readonly string[] = ['.kube-netlens.yaml', '.kube-netlens.yml'];
const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** A file with everything that follows from its text alone. */
export class ManifestFile {
  readonly role: FileRole;
  readonly documents: readonly PlacedDocument[];
  /** The objects that this file would create if applied; none if it isn't a manifest. */
  readonly resources: readonly Resource[];
  /** What the API server tells these objects apart by, in the same order. */
  readonly identities: readonly string[];
  private lineIndex: LineIndex | undefined;
  private startIndex: ReadonlyMap<YamlDocument, number> | undefined;

  private constructor(
    readonly uri: string,
    readonly text: string,
    documents: readonly PlacedDocument[],
  ) {
    this.documents = documents;
    this.role = roleOf(uri, documents);
    this.resources = this.role === 'manifest' ? documents.flatMap((placed) => placed.resources) : [];
    this.identities = this.resources.map(identityOf);
  }

  /** Documents whose text was already there in `previous` keep their identity, so that nothing about them is done again. */
  static parse(uri: string, text: string, previous?: ManifestFile): ManifestFile {
    const steps = ManifestFile.parseInSteps(uri, text, previous);
    for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
  }

  /** The same, with a step per document: whoever drives it may let others work in between. */
  static *parseInSteps(uri: string, text: string, previous?: ManifestFile): Generator<undefined, ManifestFile> {
    const reusable = documentsByText(previous);
    const documents: PlacedDocument[] = [];
    for (const { start, end } of splitDocuments(text)) {
      const piece = text.slice(start, end);
      // A text that occurs twice was two objects and must stay two.
      const known = reusable.get(piece)?.shift();
      if (known !== undefined) documents.push(known.start === start ? known : { ...known, start });
      else {
        documents.push(placeDocument(uri, ownCopy(piece), start));
        yield;
      }
    }
    return new ManifestFile(uri, text, documents);
  }

  get lines(): LineIndex {
    this.lineIndex ??= new LineIndex(this.text, this.documents);
    return this.lineIndex;
  }

  /** Where a document of this file begins. */
  startOf(document: YamlDocument): number {
    this.startIndex ??= new Map(this.documents.map((placed) => [placed.document, placed.start]));
    return this.startIndex.get(document) ?? 0;
  }

  /** The document at an offset of the file. */
  documentAt(offset: number): PlacedDocument | undefined {
    return this.documents.findLast((placed) => placed.start <= offset);
  }

  /** Why there may be more objects in this file than can be read: of what is broken or has no kind, anything may become. */
  get unreadReason(): string | undefined {
    const name = decodePath(basename(this.uri));
    if (this.documents.some((placed) => placed.resources.length === 0 && isBroken(placed.document))) {
      return `a document of ${name} has broken YAML`;
    }
    const hasUntyped = this.documents.some(({ untyped }) => untyped.length > 0);
    return hasUntyped ? `an object of ${name} lacks apiVersion or kind` : undefined;
  }

  /** Whether nothing in this file is an object but what does not say which. */
  get isUntyped(): boolean {
    return this.role === 'manifest' && !this.documents.some(isManifest);
  }

  get isBroken(): boolean {
    return this.documents.some((placed) => isBroken(placed.document));
  }
}

function documentsByText(file: ManifestFile | undefined): ReadonlyMap<string, PlacedDocument[]> {
  const byText = new Map<string, PlacedDocument[]>();
  for (const placed of file?.documents ?? []) {
    const same = byText.get(placed.document.text);
    if (same === undefined) byText.set(placed.document.text, [placed]);
    else same.push(placed);
  }
  return byText;
}

function placeDocument(uri: string, text: string, start: number): PlacedDocument {
  const document = parseDocument(text);
  const resources = decodeDocument(document, uri);
  return { start, lineStarts: lineStartsOf(text), document, resources, untyped: untypedObjectsOf(document) };
}

/** A slice keeps the text that it was cut from in memory: with it, every version of the file since the document was parsed. */
function ownCopy(slice: string): string {
  return ` ${slice}`.slice(1);
}

function roleOf(uri: string, documents: readonly PlacedDocument[]): FileRole {
  const name = basename(uri);
  if (SETTINGS_NAMES.includes(name)) return 'settings';
  if (KUSTOMIZATION_NAMES.includes(name)) return 'kustomization';
  if (documents.some((placed) => placed.document.template)) return 'template';
  const isKustomization = documents.some((placed) =>
    placed.resources.some((resource) => resource.group === 'kustomize.config.k8s.io'),
  );
  if (isKustomization) return 'kustomization';
  if (documents.some(isManifest)) return 'manifest';
  return !isValuesFile(name) && documents.some(({ untyped }) => untyped.length > 0) ? 'manifest' : 'other';
}

function isManifest({ resources, document }: PlacedDocument): boolean {
  return resources.length > 0 || looksLikeManifest(document);
}

/** Values for a Helm chart may look like the objects that it makes of them. */
function isValuesFile(name: string): boolean {
  return /values/i.test(name);
}

/** Half-typed or broken text that still says it is Kubernetes. */
function looksLikeManifest(document: YamlDocument): boolean {
  return isBroken(document) && /^apiVersion:/m.test(document.text) && /^kind:/m.test(document.text);
}
