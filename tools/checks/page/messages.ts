/** What the worker tells the page. */
export type Message =
  | { readonly type: 'step'; readonly step: number; readonly losses: readonly number[] }
  | {
      readonly type: 'picture';
      readonly width: number;
      readonly height: number;
      /** RGB, row-major. */
      readonly data: Uint8Array;
    }
  | { readonly type: 'done'; readonly files: readonly string[]; readonly samples: readonly number[] }
  | { readonly type: 'error'; readonly message: string };
