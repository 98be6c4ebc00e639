import type { Assets } from '../assets.js';
import type { Call, InstanceCall, SignedCall } from '../edge.js';
import type { PageAnswer } from './frame.js';

interface PageShape {
  readonly method: 'get' | 'post';
  readonly path: string;
  /** Query parameters that are read; any other is ignored, as links from mails bring their own. */
  readonly query?: readonly string[];
  readonly beforePasswordChange?: true;
  /** A choice that belongs to the browser, not to a person: no token, only from own pages. */
  readonly withoutToken?: true;
  /** The handler reads the body itself: a file. */
  readonly sendsFile?: true;
}

/** One page or form: the policy decides which call its handler gets. */
export type PageRoute = PageShape &
  (
    | { readonly policy: 'public'; readonly handle: (call: Call, assets: Assets) => Promise<PageAnswer> }
    | { readonly policy: 'signedIn'; readonly handle: (call: SignedCall, assets: Assets) => Promise<PageAnswer> }
    | {
        readonly policy: { readonly readsInstance: string };
        readonly handle: (call: InstanceCall, assets: Assets) => Promise<PageAnswer>;
      }
  );
