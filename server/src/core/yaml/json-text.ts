/**
 * Whether a text is an object or list in JSON. What begins with a bracket kubectl reads as JSON
 * (k8s.io/apimachinery/pkg/util/yaml/decoder.go, YAMLOrJSONDecoder), so it has to stay JSON when it is changed.
 */
export function isJsonText(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
