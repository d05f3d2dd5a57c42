import type { FieldPath } from '../yaml/index.ts';

/**
 * A field as the server names it in its errors, and where it stands in the object. The two differ where the server's own text is
 * off the field: `spec.LoadBalancerSourceRanges`, `spec.template.labels`
 * (staging/src/k8s.io/apimachinery/pkg/util/validation/field/path.go).
 */
export class Path {
  static readonly root = new Path('', []);

  private constructor(
    /** As the server prints it: `spec.ports[0].name`, `metadata.annotations[a/b]`. */
    readonly text: string,
    /** The path in the object itself. */
    readonly at: FieldPath,
  ) {}

  /** A field of a struct, or of a struct in it. */
  child(...names: readonly string[]): Path {
    return new Path([this.text, ...names].filter((part) => part !== '').join('.'), [...this.at, ...names]);
  }

  /** An item of a list. */
  index(index: number): Path {
    return new Path(`${this.text}[${index}]`, [...this.at, index]);
  }

  /** An entry of a map. */
  key(key: string): Path {
    return new Path(`${this.text}[${key}]`, [...this.at, key]);
  }

  /** The same place under the name that the server prints for it. */
  printedAs(text: string): Path {
    return new Path(text, this.at);
  }

  /** Another place under the name of this one. */
  markedAt(at: FieldPath): Path {
    return new Path(this.text, at);
  }
}

/** Where most fields stand. */
export const METADATA = Path.root.child('metadata');
export const ANNOTATIONS = METADATA.child('annotations');
export const SPEC = Path.root.child('spec');
