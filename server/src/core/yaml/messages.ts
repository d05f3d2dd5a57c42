/**
 * The parser's problems in the words of someone who writes manifests. Unknown codes keep the parser's own sentence. `line` is the
 * one that the problem is on.
 */
export function describeProblem(code: string, original = '', line = ''): string {
  const word = /^[\s-]*([A-Za-z][\w./-]*)\s*$/.exec(line)?.[1];
  if (word !== undefined && WITHOUT_COLON.has(code)) return `After ${word} a colon is missing.`;
  return MESSAGES[code] ?? firstSentence(original);
}

/** What the parser says of a word on a line of its own, which mostly is a key that somebody is typing. */
const WITHOUT_COLON = new Set(['MULTILINE_IMPLICIT_KEY', 'MISSING_CHAR']);

const MESSAGES: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'YAML is indented with spaces, and here is a tab. Replace it with spaces.',
  BAD_INDENT: 'This line is indented differently from the lines it belongs to. Align it with its siblings.',
  BLOCK_AS_IMPLICIT_KEY:
    'A mapping cannot begin here: this line already has a value. Put it on a line of its own, or quote a value that contains ": ".',
  MULTILINE_IMPLICIT_KEY:
    'This line has no colon, so it reads as part of a key. Write "key: value", or indent it under the key it belongs to.',
  MISSING_CHAR: 'Something is missing here: a closing quote or bracket, a comma, or the colon after a key.',
  UNEXPECTED_TOKEN: 'This does not fit here. Check the indentation, the dashes and the quotes around it.',
  BAD_SCALAR_START: 'A value cannot begin with this character unless it is quoted.',
  BAD_ALIAS:
    'This alias names no anchor that stands before it in the document. Quote the value if it is to begin with an asterisk.',
  DUPLICATE_KEY: 'This key stands twice in its mapping.',
  BLOCK_IN_FLOW: 'Inside { } and [ ], values cannot be written as indented blocks.',
  BAD_DQ_ESCAPE: 'Unknown escape in a double-quoted value. Double the backslash, or use single quotes.',
  KEY_OVER_1024_CHARS: 'This key is longer than YAML allows (1024 characters). A quote may be missing.',
};

function firstSentence(text: string): string {
  const line = text.split('\n')[0] ?? text;
  return line.endsWith('.') ? line : `${line}.`;
}
