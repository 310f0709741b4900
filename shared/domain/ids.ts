declare const idBrand: unique symbol;
type Id<Name extends string> = string & { readonly [idBrand]: Name };

export type IncidentId = Id<'Incident'>;
export type OrderId = Id<'Order'>;
export type ResponderId = Id<'Responder'>;
export type TeamId = Id<'Team'>;
export type PostId = Id<'Post'>;
export type StationId = Id<'Station'>;
export type PrecinctId = Id<'Precinct'>;
export type CommunityId = Id<'Community'>;
export type GridId = Id<'Grid'>;
export type HazardId = Id<'Hazard'>;
export type RequestId = Id<'Request'>;
export type DisputeId = Id<'Dispute'>;
/** The name of a source of records: a platform, a phone gateway, an import. */
export type SourceId = Id<'Source'>;
