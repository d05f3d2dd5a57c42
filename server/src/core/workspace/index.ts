export { type FileRole, ManifestFile, type PlacedDocument, SETTINGS_NAMES } from './manifest-file.ts';
export type { ManifestSet } from './sets.ts';
export { type FileChange, type Location, Snapshot } from './snapshot.ts';
export {
  misspeltKeyOf,
  type ObjectType,
  possibleTypesOf,
  typeProblemOf,
  type UntypedObject,
  writtenTypeOf,
} from './untyped-object.ts';
export { readSettings, type SettingsProblem, type WorkspaceSettings } from './workspace-settings.ts';
