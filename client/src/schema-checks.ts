import { Disposable, extensions, languages, type TextDocument, workspace } from 'vscode';
import { type CheckedElsewhere, CheckedElsewhereNotification } from '../../server/src/lsp/protocol.ts';
import { OpenDocuments, type Teller } from './open-documents.ts';

/** Both wake with the first YAML file, so where they are enabled they are active. The second gives the first a schema for every object. */
const YAML = 'redhat.vscode-yaml';
const KUBERNETES = 'ms-kubernetes-tools.vscode-kubernetes-tools';

/** `# yaml-language-server: $schema=URL`, or `# $schema: URL` for short. */
const MODELINE = /^#\s+(?:yaml-language-server\s*:.*\$schema[=:]|\$schema:)\s*(\S+)/;

/** What may stand before the content of a document: comments, directives, its marker. */
const BEFORE_CONTENT = /^\s*(?:#|%|---\s*(?:#.*)?$|$)/;

/** Tells the server what the YAML extension already does for open files. */
export function followSchemas(client: Teller): Disposable {
  const documents = new OpenDocuments<readonly CheckedElsewhere[]>(client, {
    usual: [],
    find: checkedElsewhere,
    tell: (uri, elsewhere) => client.sendNotification(CheckedElsewhereNotification, { uri, elsewhere }),
  });
  return Disposable.from(
    documents,
    extensions.onDidChange(() => documents.refresh()),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('yaml') && documents.refresh()),
    workspace.onDidChangeTextDocument(({ document }) => documents.look(document)),
  );
}

/** With `yaml.validate` off it shows nothing, and with `yaml.completion` off it completes nothing, whatever schema there is. */
function checkedElsewhere(document: TextDocument): readonly CheckedElsewhere[] {
  if (extensions.getExtension(YAML) === undefined) return [];
  const isOn = (setting: string) => workspace.getConfiguration('yaml', document).get<boolean>(setting) ?? true;
  const shown: readonly CheckedElsewhere[] = hasSchema(document) ? ['yaml', 'schema'] : ['yaml'];
  const completed: readonly CheckedElsewhere[] = hasSchema(document) ? ['completion'] : [];
  return [...(isOn('validate') ? shown : []), ...(isOn('completion') ? completed : [])];
}

function hasSchema(document: TextDocument): boolean {
  const schema = findModelineSchema(document);
  // The modeline goes before all settings, and may say that there is no schema.
  if (schema !== undefined) return schema.toLowerCase() !== 'none';
  return extensions.getExtension(KUBERNETES) !== undefined || hasKubernetesSchema(document);
}

/** The schema that a comment before the content names. */
function findModelineSchema(document: TextDocument): string | undefined {
  for (let line = 0; line < document.lineCount; line++) {
    const { text } = document.lineAt(line);
    const schema = MODELINE.exec(text)?.[1];
    if (schema !== undefined) return schema;
    if (!BEFORE_CONTENT.test(text)) return undefined;
  }
  return undefined;
}

/** Whether `yaml.schemas` has a schema of Kubernetes for the file: `kubernetes`, or a URL that says so. */
function hasKubernetesSchema(document: TextDocument): boolean {
  const schemas = workspace.getConfiguration('yaml', document.uri).get<Record<string, unknown>>('schemas') ?? {};
  return Object.entries(schemas)
    .filter(([schema]) => /kubernetes/i.test(schema))
    .flatMap(([, globs]) => globs)
    .some((glob) => typeof glob === 'string' && matchesGlob(document, glob));
}

/** The YAML extension takes every glob for the end of a path. */
function matchesGlob(document: TextDocument, glob: string): boolean {
  return languages.match({ pattern: `**/${glob.replace(/^\//, '')}` }, document) > 0;
}
