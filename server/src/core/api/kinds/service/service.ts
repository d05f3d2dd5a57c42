import { defineKind } from '../../kind-rules.ts';
import { defaultService } from './default.ts';
import type { Service } from './types.ts';
import { serviceErrors } from './validate.ts';
import { serviceUpdateErrors } from './validate-update.ts';
import { serviceWarnings } from './warnings.ts';

/** Services (pkg/registry/core/service, strategy.go). Between defaults and validation comes what is allocated for them: `allocate`. */
export const SERVICE = defineKind<Service>({
  groupKind: 'Service',
  namespaced: true,
  default: defaultService,
  validate: (service, { version }) => serviceErrors(service, version),
  validateUpdate: (service, stored, { version }) => serviceUpdateErrors(service, stored, version),
  warn: (service, _, { version }) => serviceWarnings(service, version),
});
