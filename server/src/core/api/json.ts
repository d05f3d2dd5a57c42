export { isJsonObject as isObject, type Json, type JsonObject } from '../yaml/index.ts';
