import type { Fields } from './fields.ts';
import type { Labels } from './selector.ts';

export const ZONE_LABEL = 'topology.kubernetes.io/zone';

export interface NodeSpec {
  readonly zone: string | undefined;
  /** Runs the control plane: no room for other Pods is counted. */
  readonly isControlPlane: boolean;
  /** What a dump of a live Node says of it; undefined where the manifest has no status. */
  readonly status: NodeStatus | undefined;
}

export interface NodeStatus {
  /** Condition Ready is True; a missing condition is none. */
  readonly ready: boolean;
  /** Thousandths of a CPU that Pods may use; 0 where it is not said. */
  readonly milliCPU: number;
}

const CONTROL_PLANE_LABELS = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

export function decodeNode(fields: Fields, labels: Labels): NodeSpec {
  const status = fields.object('status');
  return {
    zone: labels.get(ZONE_LABEL) || undefined,
    isControlPlane: CONTROL_PLANE_LABELS.some((label) => labels.has(label)),
    status: status && {
      ready: status
        .objects('conditions')
        .some((each) => each.string('type') === 'Ready' && each.string('status') === 'True'),
      milliCPU: milliUnitsOf(status.object('allocatable')?.quantity('cpu')),
    },
  };
}

const SUFFIXES: Readonly<Record<string, number>> = { n: 1e-6, u: 1e-3, m: 1, '': 1e3, k: 1e6, M: 1e9, G: 1e12 };

/** A quantity in thousandths, rounded up (apimachinery, resource.Quantity.MilliValue); 0 if the text is none. */
function milliUnitsOf(quantity: string | undefined): number {
  const match = /^\+?(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d+)|([numkMG]?))$/.exec(quantity ?? '');
  if (match === null) return 0;
  const [, digits, exponent, suffix = ''] = match;
  const factor = exponent === undefined ? (SUFFIXES[suffix] ?? 0) : 10 ** Number(exponent) * 1e3;
  // Decimal fractions are not exact in binary: what is above a whole number only by rounding does not count.
  return Math.ceil(Number(digits) * factor - 1e-9);
}
