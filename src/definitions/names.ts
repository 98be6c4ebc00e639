import type { JsonObject } from '../engine/json.js';
import { isObject } from '../engine/json.js';
import type { Catalogue } from '../engine/rules.js';
import { posts } from '../office/organisation/posts.js';

/**
 * The page `workflows/README.md`: how to write a workflow, and every name that a definition may use, from the catalogue
 * itself. Markdown; the same catalogue gives the same text, and a test holds the file to it.
 */
export function namesPage(catalogue: Catalogue): string {
  return [
    intro.trim(),
    '## Posts\n\nA role names a post: `{"post": "head", "of": {"field": "unit"}}` or `"of": "authority"`.',
    table(
      ['post', 'Vietnamese', 'English'],
      [...catalogue.posts].map((name) => [code(name), posts[name]?.label.vi ?? '', posts[name]?.label.en ?? '']),
    ),
    '## Requirements\n\nIn `requires` of a transition. All must be met; each that is not is named in the refusal.',
    rules(catalogue.requirements),
    '## Updates\n\nIn `updates` of a transition, applied in order.',
    rules(catalogue.updates),
    '## Effects\n\nIn `effects` of a transition, or `entry` and `exit` of a state. Without a version the first is meant.',
    rules(catalogue.effects),
  ]
    .join('\n\n')
    .concat('\n');
}

interface Named {
  readonly meaning: string;
  readonly arg?: JsonObject;
}

function rules(named: Readonly<Record<string, Named>>): string {
  const rows = Object.entries(named).map(([name, { meaning, arg }]) => [code(name), arg ? shapeOf(arg) : 'none', meaning]);
  return table(['name', 'argument', 'meaning'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

/** A JSON Schema in few words: `text`, `list of text`, `{person: text, unit: text}`; `?` marks what may be left out. */
function shapeOf(schema: JsonObject): string {
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => code(JSON.stringify(value))).join(' or ');
  if (Array.isArray(schema.anyOf)) return [...new Set(schema.anyOf.filter(isObject).map(shapeOf))].join(' or ');
  if (schema.type === 'string') return 'text';
  if (schema.type === 'array') return isObject(schema.items) ? `list of ${shapeOf(schema.items)}` : 'list of values';
  if (schema.type === 'object') return objectOf(schema);
  return typeof schema.type === 'string' ? schema.type : 'any value';
}

function objectOf({ properties, required, additionalProperties }: JsonObject): string {
  if (!isObject(properties)) {
    return isObject(additionalProperties) ? `object of ${shapeOf(additionalProperties)}` : 'object of values';
  }
  const needed = new Set(Array.isArray(required) ? required : []);
  const parts = Object.entries(properties).map(
    ([name, schema]) => `${name}${needed.has(name) ? '' : '?'}: ${isObject(schema) ? shapeOf(schema) : 'any value'}`,
  );
  return `{${parts.join(', ')}}`;
}

const intro = `
# Workflows

Each file here is one version of one definition: the rules by which a kind of paper or duty moves. \`name.vN.json\` holds the
definition with the id \`name\` and the version \`N\`. A used version never changes: a change is a new file with the next number.
This page is generated from the catalogues (\`node bin/names.mjs\`); do not edit it.

## How to write a workflow

A definition has an \`id\`, a \`version\`, a \`label\` in Vietnamese (\`vi\`) and English (\`en\`), the JSON Schema of its
\`context\`, its \`roles\`, the \`initial\` state, its \`states\`, and optionally \`openBy\`: the roles that may open an instance
(without it, whoever can act first; \`["system"]\` for what is only opened as a child of another instance) and \`on\`: commands of every
state, which are never awaited and never lead to another state.

A role is one of these:

| role | who it is |
| --- | --- |
| \`{"field": "drafter"}\` | the person named in a field of the context, or the persons |
| \`{"post": "head", "of": {"field": "unit"}}\` | whoever holds a post of a unit, or of the \`"authority"\` |
| \`{"post": "clerk", "of": "authority", "serving": {"field": "unit"}}\` | the same, but only while the unit in that field has nobody of its own in the system |
| \`{"signsFor": "chair", "of": "authority"}\` | whoever may sign for the holder of a post by a written grant |
| \`{"superiorOf": ...}\` | the holders of the posts above those of another role |
| \`{"ballot": "ballot"}\` | the members on the ballot of a panel |

\`system\` is the engine itself: timers and messages between instances. It acts only where \`by\` names it.

Keys of a state:

| key | meaning |
| --- | --- |
| \`label\` | its name on the screen, in both languages |
| \`on\` | command to transition, or to a list of alternatives that are judged in order |
| \`initial\`, \`states\` | a state with states inside, of which one is active |
| \`parallel\` | regions that are active side by side; each has \`initial\` and \`states\` |
| \`done\` | where to go as soon as the state is done, in the same command |
| \`final\` | an end: the instance's at the top, the state's around it elsewhere |
| \`history\`, \`target\` | leads back to what was active when the state around it was left: \`shallow\` its child, \`deep\` all of it; \`target\` where nothing is remembered |
| \`due\` | when it should be over, who is reminded, and a command that \`system\` sends then |
| \`entry\`, \`exit\` | effects on entering and leaving |
| \`panel\` | several people decide here by votes; see below |

Keys of a transition:

| key | meaning |
| --- | --- |
| \`by\` | the roles that may ask for it; without it the file does not load |
| \`target\` | a sibling's name or a path from the top, \`/signing/prepared\`; without it the instance stays where it is |
| \`requires\` | requirements, all of which must be met |
| \`input\` | JSON Schema of what the command brings, closed with \`"additionalProperties": false\`; without it nothing |
| \`updates\` | changes of the context |
| \`effects\` | work that follows: notices, prints, children, messages |
| \`label\` | the words on the button |
| \`aside\` | \`true\`: possible but not awaited, so it puts the instance into nobody's inbox |

Keys of \`due\`: exactly one of \`workingDays\`, \`calendarDays\`, \`field\` (a day or an instant in the context) and \`endOfPeriod\`
(a field with a quarter such as \`2010-Q1\`, with \`plusWorkingDays\` if need be); then \`remind\` (roles), \`remindBefore\` (working
days ahead), \`remindAfter\` (working days behind, ascending), \`escalate\` (\`{"after": 5, "to": ["unitSuperior"]}\`: roles that are told so
many working days behind; \`{"superiorOf": ...}\` names the post above), \`suspendedBy\` (a field with the ledger of suspensions, kept by
\`suspend@1\` and \`resume@1\`: while one is open nothing is due, and its days are not counted), \`send\` (a command open to \`system\`) and
\`onResume\`: \`restart\`, or \`keep\` for a date read from the context, which stands however often the state is entered.

Keys of \`panel\`, which turns a state without states inside into a vote:

| key | meaning |
| --- | --- |
| \`ballot\` | the field of the context that keeps members and votes, with the schema \`{"type": "object"}\`; nothing else writes it |
| \`members\` | the role whose holders are written on the ballot when the state is entered: at least one, at most 200 |
| \`command\` | the command by which each votes once; \`COUNT_\` and its name counts again, after a change of posts |
| \`rule\` | \`"all"\` (every member), \`"any"\`, \`{"atLeast": n}\`, or \`{"share": 0.5}\` of those who did not abstain; with \`"of": "members"\` of all |
| \`veto\` | \`true\`: one vote against ends it |
| \`early\` | \`false\`: the result is declared only when everybody has voted; else as soon as nothing can change it |
| \`abstain\` | \`true\`: a member may abstain; where all do, nothing passes |
| \`membership\` | \`frozen\`; \`leaversDrop\`: who lost the role counts no longer, nor does his vote; \`follows\`: whoever holds the role now |
| \`passed\`, \`failed\` | where the result leads |
| \`requires\`, \`label\` | what each vote requires, and the words on its button |

The members vote by a role \`{"ballot": ...}\` on the same field; where the ballot \`follows\`, by \`members\` itself. A delegate votes for each
member who lent him the right, and names him; nobody has two votes on one stay. Entered again, the state has a fresh ballot.

What holds, in plain words:

- Without a target nothing is left and nothing entered: the same stay, the same due date. A target that names the own state
  leaves it and enters it again: a new stay, a new due date.
- A state is done when its active child is final, or when all its regions are. The innermost \`done\` is taken first, and one
  may lead to the next, all in one command.
- Nothing may lead across the regions of a parallel state, since that would silently reset all of them. A region has no \`done\`.
- One command is declared once on the way from a state to the top, and is never open in two regions at once.
- A history state stands inside a state, is never its \`initial\`, and is targeted from beside that state. Coming back enters
  anew: entry effects run, stays are new.
- An ended instance takes no command.
- Every state can be entered, and from everywhere an end can be reached.

Loading a file reports all faults at once, each with its place, and takes nothing of a file that has one.
`;
