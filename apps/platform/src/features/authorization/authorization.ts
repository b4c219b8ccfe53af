import type { PlatformApi } from '@latchkey/contract/platform-api/table';
import type { Handlers } from '@latchkey/wire/mount';
import type { Platform } from '../../context/platform.ts';
import type { Call } from '../shared/call.ts';
import type { Now } from '../shared/now.ts';
import { listPermissions, listProducts } from './catalogue.ts';
import { homeDivision, listDivisions, myDivisions, queryDivisions } from './divisions.ts';
import { added, changeGrants, removed, replaced, type ChangeClient } from './grants.ts';
import { listRoles, readRole } from './roles.ts';
import { mySubject, readSubject } from './subjects.ts';

/** `/api/v2/authorization/…`: roles, divisions, and who has which role where. */
export const authorization = (
  platform: Platform,
  clock: Now,
  changeClient: ChangeClient,
): Handlers<PlatformApi, Call>['authorization'] => ({
  listRoles: listRoles(platform),
  readRole: readRole(platform),
  listDivisions: listDivisions(platform),
  queryDivisions: queryDivisions(platform),
  homeDivision: homeDivision(platform),
  myDivisions: myDivisions(platform),
  mySubject: mySubject(platform),
  readSubject: readSubject(platform),
  addGrants: changeGrants(platform, clock, changeClient, added),
  removeGrants: changeGrants(platform, clock, changeClient, removed),
  replaceGrants: changeGrants(platform, clock, changeClient, replaced),
  listPermissions,
  listProducts,
});
