import type apiDocument from './en/api-document.json';
import type app from './en/app.json';
import type audit from './en/audit.json';
import type clients from './en/clients.json';
import type create from './en/create.json';
import type detail from './en/detail.json';
import type edit from './en/edit.json';
import type faults from './en/faults.json';
import type form from './en/form.json';
import type generate from './en/generate.json';
import type history from './en/history.json';
import type lifecycle from './en/lifecycle.json';
import type reveal from './en/reveal.json';
import type secrets from './en/secrets.json';
import type sessions from './en/sessions.json';
import type ui from './en/ui.json';

/** Every sentence, by name; a name without words does not compile. One JSON file per feature, `en` is the reference. */
export type WordId = keyof (typeof apiDocument &
  typeof app &
  typeof audit &
  typeof clients &
  typeof create &
  typeof detail &
  typeof edit &
  typeof faults &
  typeof form &
  typeof generate &
  typeof history &
  typeof lifecycle &
  typeof reveal &
  typeof secrets &
  typeof sessions &
  typeof ui);
