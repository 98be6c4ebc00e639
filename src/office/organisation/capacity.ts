import type { SignatureBlock } from '../papers/paper.js';
import { type Appointment, type Directory, holdsOn, indexOf, postKey } from './directory.js';
import { posts } from './posts.js';

/**
 * The signature block that an appointment gives on a day, from recorded posts alone (NĐ 30/2020, Điều 13 and Phụ lục I):
 * TM. for a collective body, KT. for a deputy, Q. for a post held in charge. Null where the post does not sign.
 */
export function capacityOf(directory: Directory, appointment: Appointment, day: string): SignatureBlock | null {
  const post = Object.hasOwn(posts, appointment.post) ? posts[appointment.post] : undefined;
  if (!post || post.title === null || !holdsOn(appointment, day)) return null;
  const name = indexOf(directory).person.get(appointment.person)?.name;
  if (name === undefined) return null;
  const { authority } = directory;
  const forAuthority = appointment.unit === authority.rootUnit;
  const collective = forAuthority && authority.regime === 'collective' ? `TM. ${authority.collectiveName}` : null;
  const title = appointment.title ?? post.title;
  if (post.deputyOf !== null)
    return {
      authority: collective,
      capacity: `KT. ${titleOfHead(directory, appointment.unit, post.deputyOf, day)}`,
      title,
      name,
    };
  return { authority: collective, capacity: null, title: appointment.acting ? `Q. ${title}` : title, name };
}

/** The head's title as recorded for whoever holds the post that day; the usual title while it is vacant. */
function titleOfHead(directory: Directory, unit: string, post: string, day: string): string {
  const holder = indexOf(directory)
    .appointmentsAt.get(postKey(unit, post))
    ?.find((appointment) => holdsOn(appointment, day));
  return holder?.title ?? posts[post]?.title ?? post.toUpperCase();
}
