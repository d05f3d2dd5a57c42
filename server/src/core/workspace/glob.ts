/**
 * A path pattern as a regular expression: `*` and `?` stay within a path segment, `**` crosses them, `{a,b}` is a choice.
 * A pattern that names a directory takes everything in it.
 */
export function globToRegExp(glob: string): RegExp {
  const pattern = glob.replace(/^\.\//, '').replace(/\/$/, '');
  const source = pattern.replace(/\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[.+^$()|[\]\\{}]/g, translate);
  return new RegExp(`^${source}(/.*)?$`);
}

function translate(token: string): string {
  if (token === '**/') return '(.*/)?';
  if (token === '**') return '.*';
  if (token === '*') return '[^/]*';
  if (token === '?') return '[^/]';
  if (token.length > 1) return `(${token.slice(1, -1).split(',').map(escapeLiteral).join('|')})`;
  return escapeLiteral(token);
}

function escapeLiteral(text: string): string {
  return text.replace(/[.+^$()|[\]\\{}?]/g, '\\$&').replaceAll('*', '[^/]*');
}
