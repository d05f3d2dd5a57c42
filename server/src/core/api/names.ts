import { byteLength } from './go-text.ts';

/**
 * The checks of names and labels. Each gives what is wrong with a text, in the server's words; nothing if it is right
 * (apimachinery/pkg/util/validation/validation.go, pkg/api/validate/content).
 */

/** What the server asks of a name, in its words. */
export type NameCheck = (name: string) => readonly string[];

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const LABEL_WITH_UNDERSCORE = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const SUBDOMAIN_WITH_UNDERSCORE = `${LABEL_WITH_UNDERSCORE}(\\.${LABEL_WITH_UNDERSCORE})*`;
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const WILDCARD = `\\*\\.${SUBDOMAIN}`;
const NAME_PART = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${NAME_PART})?`;
const HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const CONFIG_MAP_KEY = '[-._a-zA-Z0-9]+';
const HTTP_HEADER = '[-A-Za-z0-9]+';

const PATTERNS: ReadonlyMap<string, RegExp> = new Map(
  [
    LABEL,
    SUBDOMAIN,
    SUBDOMAIN_WITH_UNDERSCORE,
    LABEL_1035,
    WILDCARD,
    NAME_PART,
    LABEL_VALUE,
    HTTP_PATH,
    CONFIG_MAP_KEY,
    HTTP_HEADER,
  ].map((source) => [source, new RegExp(`^(?:${source})$`)]),
);

function matches(source: string, text: string): boolean {
  return PATTERNS.get(source)?.test(text) ?? false;
}

/** At most 63 characters, no dots: names of Services, Namespaces, hostnames, Service ports. */
export function dnsLabelProblems(text: string): readonly string[] {
  const tooLong = lengthProblems(text, 63);
  if (matches(LABEL, text)) return tooLong;
  if (matches(SUBDOMAIN, text)) return [...tooLong, 'must not contain dots'];
  const rule =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
  return [...tooLong, patternProblem(rule, LABEL, 'my-name', '123-abc')];
}

/** At most 253 characters: most object names, hosts. */
export function dnsSubdomainProblems(text: string): readonly string[] {
  const rule =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
  return patternProblems(text, 253, SUBDOMAIN, patternProblem(rule, SUBDOMAIN, 'example.com'));
}

/** The same in the words of the newer package: names of ReplicationControllers. */
export function longNameProblems(text: string): readonly string[] {
  return inBytes(dnsSubdomainProblems(text));
}

/** A subdomain whose labels may hold `_`: search paths of a Pod's resolver. */
export function dnsSubdomainWithUnderscoreProblems(text: string): readonly string[] {
  const rule =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character";
  const problem = patternProblem(rule, SUBDOMAIN_WITH_UNDERSCORE, 'example.com');
  return patternProblems(text, 253, SUBDOMAIN_WITH_UNDERSCORE, problem);
}

/** A label that starts with a letter: names of Services before 1.36. */
export function dns1035LabelProblems(text: string): readonly string[] {
  const rule =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
  return patternProblems(text, 63, LABEL_1035, patternProblem(rule, LABEL_1035, 'my-name', 'abc-123'));
}

/** `*.` and a subdomain: hosts of Ingresses. */
export function wildcardSubdomainProblems(text: string): readonly string[] {
  const rule =
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character";
  return patternProblems(text, 253, WILDCARD, patternProblem(rule, WILDCARD, '*.example.com'));
}

/** The names of container ports and of ports in Ingresses and policies: at most 15 characters, one of them a letter. */
export function portNameProblems(text: string): readonly string[] {
  const problems = [...lengthProblems(text, 15)];
  if (!/^[-a-z0-9]+$/.test(text)) {
    problems.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  }
  if (!/[a-z]/.test(text)) problems.push('must contain at least one letter (a-z)');
  if (text.includes('--')) problems.push('must not contain consecutive hyphens');
  if (text.startsWith('-') || text.endsWith('-')) problems.push('must not begin or end with a hyphen');
  return problems;
}

const NAME_PART_RULE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const NAME_PART_PROBLEM = patternProblem(NAME_PART_RULE, NAME_PART, 'MyName', 'my.name', '123-abc');

/** A label key: a name of at most 63 characters, with an optional subdomain and `/` before it. */
export function qualifiedNameProblems(text: string): readonly string[] {
  const parts = text.split('/');
  if (parts.length > 2) {
    return [
      `a valid label key ${NAME_PART_PROBLEM} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const name = parts.at(-1) ?? '';
  const problems = parts.length === 2 ? prefixProblems(parts[0] ?? '') : [];
  return [...problems, ...namePartProblems(name).map((problem) => `name part ${problem}`)];
}

function prefixProblems(prefix: string): readonly string[] {
  const problems = prefix === '' ? ['must be non-empty'] : inBytes(dnsSubdomainProblems(prefix));
  return problems.map((problem) => `prefix part ${problem}`);
}

function namePartProblems(name: string): readonly string[] {
  const length = name === '' ? ['must be non-empty'] : inBytes(lengthProblems(name, 63));
  return matches(NAME_PART, name) ? length : [...length, NAME_PART_PROBLEM];
}

/** A label's value: empty, or like the name of a key. */
export function labelValueProblems(text: string): readonly string[] {
  const rule =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  const problem = patternProblem(rule, LABEL_VALUE, 'MyValue', 'my_value', '12345');
  return inBytes(patternProblems(text, 63, LABEL_VALUE, problem));
}

/** Keys of a ConfigMap's data. */
export function configMapKeyProblems(text: string): readonly string[] {
  const rule = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
  const problem = patternProblem(rule, CONFIG_MAP_KEY, 'key.name', 'KEY_NAME', 'key-name');
  return [...patternProblems(text, 253, CONFIG_MAP_KEY, problem), ...parentDirectoryProblems(text)];
}

function parentDirectoryProblems(text: string): readonly string[] {
  if (text === '.' || text === '..') return [`must not be '${text}'`];
  return text.startsWith('..') ? ["must not start with '..'"] : [];
}

/** Names of environment variables: printable ASCII without `=`. */
export function environmentNameProblems(text: string): readonly string[] {
  if (text === '') return ['environment variable name must be non-empty'];
  if (/^[\x20-\x3c\x3e-\x7e]*$/.test(text)) return [];
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

/** Names of headers that a probe sends. */
export function httpHeaderNameProblems(text: string): readonly string[] {
  const rule = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return matches(HTTP_HEADER, text) ? [] : [patternProblem(rule, HTTP_HEADER, 'X-Header-Name')];
}

/** The part of a domain-prefixed path after its first `/`. */
export function httpPathProblems(text: string): readonly string[] {
  return matches(HTTP_PATH, text) ? [] : [patternProblem('Invalid path', HTTP_PATH)];
}

/** A kind or name that becomes one segment of a URL (apimachinery/pkg/api/validation/path). */
export function pathSegmentProblems(text: string): readonly string[] {
  if (text === '.' || text === '..') return [`may not be '${text}'`];
  return ['/', '%'].filter((part) => text.includes(part)).map((part) => `may not contain '${part}'`);
}

/**
 * A prefix of names, to be checked as if it were one: a name will follow, so a dash may end it. The server cuts one character too many,
 * which only shortens it (apimachinery/pkg/api/validation/generic.go, maskTrailingDash).
 */
export function maskTrailingDash(prefix: string): string {
  return prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix;
}

function patternProblems(text: string, maximum: number, source: string, problem: string): readonly string[] {
  const tooLong = lengthProblems(text, maximum);
  return matches(source, text) ? tooLong : [...tooLong, problem];
}

function lengthProblems(text: string, maximum: number): readonly string[] {
  return byteLength(text) > maximum ? [`must be no more than ${maximum} characters`] : [];
}

/** The checks of label keys and values have moved to a newer package of the server, which counts in bytes and says so. */
function inBytes(problems: readonly string[]): readonly string[] {
  return problems.map((problem) => problem.replace(/^(must be no more than \d+) characters$/, '$1 bytes'));
}

function patternProblem(rule: string, source: string, ...examples: readonly string[]): string {
  if (examples.length === 0) return `${rule} (regex used for validation is '${source}')`;
  const list = examples.map((example) => `'${example}', `).join(' or ');
  return `${rule} (e.g. ${list}regex used for validation is '${source}')`;
}
