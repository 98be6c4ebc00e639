import type { Blocker } from '../../engine/command.js';
import type { Instance } from '../../engine/instance.js';
import { hashOf, type Json } from '../../engine/json.js';
import type { Requirement, Update } from '../../engine/rules.js';
import { fileTypes, isFileName, kindOfName } from '../papers/fileTypes.js';
import { fieldName, unknownFields, unknownInputs } from './arguments.js';

const block = (code: string, params: Blocker['params'] = {}): Blocker => ({ code, params });

export const attachmentsMax = 50;

/** A file as an instance names it: its bytes by hash, and the name it bears there. */
export interface NamedFile {
  readonly hash: string;
  readonly name: string;
}

/** What is known of the file that a command names, by `facts.given.attachment`; null: nothing is stored under its hash. */
export interface GivenAttachment {
  readonly mediaType: string;
  readonly state: 'clean' | 'quarantined';
}

/** The files that an instance names in a field of its context. */
export function filesIn(instance: Pick<Instance, 'context'>, field = 'attachments'): readonly NamedFile[] {
  const list = instance.context[field];
  return Array.isArray(list) ? (list as unknown as NamedFile[]) : [];
}

/**
 * The hash that a decision names: what was before the eyes of whoever decides. That of the text alone where no file belongs to it, else
 * one over the text and its files, so that a decision never covers a file that came, went or was exchanged after it was read.
 */
export function seenHash(instance: Pick<Instance, 'content' | 'context'>): string | null {
  const files = filesIn(instance);
  return instance.content === null || files.length === 0
    ? instance.content
    : hashOf({ content: instance.content, files: files as unknown as Json });
}

export const attachmentRequirements: Readonly<Record<string, Requirement>> = {
  'attachmentKnown@1': {
    meaning:
      'The file of the input (hash, name) is stored in this authority, found clean, named as what it is, and there is room.',
    needs: ['attachment'],
    arg: fieldName,
    checkArg: (arg, place) => [...unknownFields([arg as string], place), ...unknownInputs(['hash', 'name'], place)],
    check: (arg, { instance, command, facts }) => {
      const { hash, name } = command.input;
      // Without an input nothing is asked for yet: the command is only shown.
      if (typeof hash !== 'string' || typeof name !== 'string') return null;
      const known = (facts.given.attachment ?? null) as GivenAttachment | null;
      if (known === null) return block('attachmentUnknown', { name });
      if (known.state !== 'clean') return block('fileQuarantined', { name });
      const kind = kindOfName(name);
      if (!isFileName(name) || kind === null || fileTypes[kind].mediaType !== known.mediaType)
        return block('attachmentMisnamed', { name });
      const files = filesIn(instance, arg as string);
      const full = files.length >= attachmentsMax && !files.some((file) => file.hash === hash);
      return full ? block('attachmentsFull', { max: attachmentsMax }) : null;
    },
  },
  'attachmentAmong@1': {
    meaning: 'The file of the input (hash) is among those that the instance names in this field.',
    arg: fieldName,
    checkArg: (arg, place) => [...unknownFields([arg as string], place), ...unknownInputs(['hash'], place)],
    check: (arg, { instance, command }) => {
      const { hash } = command.input;
      const files = filesIn(instance, arg as string);
      if (typeof hash !== 'string') return files.length > 0 ? null : block('attachmentUnknown', { name: '' });
      return files.some((file) => file.hash === hash) ? null : block('attachmentUnknown', { name: hash.slice(0, 12) });
    },
  },
};

export const attachmentUpdates: Readonly<Record<string, Update>> = {
  'addAttachment@1': {
    meaning: 'Adds the file of the input (hash, name) to a list in the context; one that is there already takes the new name.',
    arg: fieldName,
    checkArg: (arg, place) => [...unknownFields([arg as string], place), ...unknownInputs(['hash', 'name'], place)],
    writes: (arg) => [arg as string],
    apply: (arg, { instance, command }) => {
      const { hash = '', name = '' } = command.input;
      const files = filesIn(instance, arg as string).filter((file) => file.hash !== hash);
      return { context: { [arg as string]: [...files, { hash, name }] as unknown as Json } };
    },
  },
  'removeAttachment@1': {
    meaning: 'Takes the file of the input (hash) out of a list in the context.',
    arg: fieldName,
    checkArg: (arg, place) => [...unknownFields([arg as string], place), ...unknownInputs(['hash'], place)],
    writes: (arg) => [arg as string],
    apply: (arg, { instance, command }) => {
      const files = filesIn(instance, arg as string).filter((file) => file.hash !== command.input.hash);
      return { context: { [arg as string]: files.length === 0 ? undefined : (files as unknown as Json) } };
    },
  },
};
