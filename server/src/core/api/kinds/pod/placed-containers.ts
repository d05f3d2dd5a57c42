import type { Path } from '../../path.ts';
import type { Container, PodSpec } from './types.ts';

/** A container and where it stands. */
export interface PlacedContainer {
  readonly container: Container;
  readonly path: Path;
}

/** All containers in the order in which the server visits them (pkg/apis/core/pods, VisitContainersWithPath). `path` is the spec's. */
export function containersOf(spec: PodSpec, path: Path): readonly PlacedContainer[] {
  return (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, index) => ({ container, path: path.child(list).index(index) })),
  );
}
