/** To the worker: first where the roads are, then ways to find. */
export type ToWays =
  | { readonly type: 'roads'; readonly url: string; readonly centre: Place }
  | { readonly type: 'way'; readonly id: number; readonly from: Place; readonly to: Place };

/** From the worker: a way as longitude, latitude, longitude … (undefined: there is none), or that there are no roads. */
export type FromWays =
  | { readonly type: 'way'; readonly id: number; readonly points: Float64Array | undefined }
  | { readonly type: 'failed'; readonly message: string };

export interface Place {
  readonly lng: number;
  readonly lat: number;
}
