import type { Definition, Role } from '../../engine/definition.js';

/** The fields of a definition's context that roles read: as the id of a unit, or as the key of a person or post. */
export interface RoleFields {
  readonly units: readonly string[];
  readonly keys: readonly string[];
}

/** What must be renamed in an open instance when a unit ends: without it somebody of the old unit would go on being awaited. */
export function roleFieldsOf({ roles }: Pick<Definition, 'roles'>): RoleFields {
  const units = new Set<string>();
  const keys = new Set<string>();
  const read = (role: Role): void => {
    if ('superiorOf' in role) read(role.superiorOf);
    else if ('field' in role) keys.add(role.field);
    else if (!('ballot' in role)) {
      if (role.of !== 'authority') units.add(role.of.field);
      if ('serving' in role && role.serving !== undefined) units.add(role.serving.field);
    }
  };
  for (const role of Object.values(roles)) read(role);
  return { units: [...units].sort(), keys: [...keys].sort() };
}
