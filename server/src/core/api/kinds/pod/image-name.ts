const SEPARATOR = '(?:[._]|__|-+)';
const COMPONENT = `[a-z0-9]+(?:${SEPARATOR}[a-z0-9]+)*`;
const REPOSITORY = `${COMPONENT}(?:/${COMPONENT})*`;
const DOMAIN_PART = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = `(?:${DOMAIN_PART}(?:\\.${DOMAIN_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const TAG = '[\\w][\\w.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const REFERENCE = new RegExp(`^((?:${DOMAIN}/)?${REPOSITORY})(?::(${TAG}))?(?:@(${DIGEST}))?$`);
const DIGEST_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

/**
 * The tag that an image's name asks for: `latest` if it has neither tag nor digest, and empty for a name with only a digest or one
 * that is no image name (pkg/util/parsers, ParseImageName).
 */
export function imageTag(image: string): string {
  if (/^[a-f0-9]{64}$/.test(image)) return '';
  const name = withDomain(image);
  const match = REFERENCE.exec(name);
  if (match === null || (match[1]?.length ?? 0) > 255) return '';
  const [, , tag, digest] = match;
  if (digest !== undefined && !isDigest(digest)) return '';
  return tag ?? (digest === undefined ? 'latest' : '');
}

/** Names without a registry are those of Docker Hub. */
function withDomain(image: string): string {
  const slash = image.indexOf('/');
  const domain = image.slice(0, Math.max(0, slash));
  const isDomain = slash >= 0 && (/[.:]/.test(domain) || domain === 'localhost' || domain.toLowerCase() !== domain);
  if (isDomain) return image;
  return `docker.io/${image.includes('/') ? '' : 'library/'}${image}`;
}

function isDigest(digest: string): boolean {
  const [algorithm = '', hex = ''] = digest.split(':');
  return DIGEST_LENGTHS.get(algorithm) === hex.length && /^[a-f0-9]*$/.test(hex);
}
