import { CATEGORIES, INCIDENT_STAGES, PLATFORMS, type Priority } from './incident.ts';
import type {
  DisputeId,
  GridId,
  HazardId,
  IncidentId,
  OrderId,
  PostId,
  PrecinctId,
  RequestId,
  ResponderId,
  SourceId,
  StationId,
  TeamId,
} from './ids.ts';
import { ORDER_STATES } from './order.ts';
import { RESPONDER_KINDS } from './responder.ts';
import { idSchema, textSchema, Type, wordSchema, type Static } from './schema.ts';
import type { EpochMs, Lat, Lng } from './units.ts';

const incidentId = idSchema<IncidentId>("The source's own number of the incident");
const responderId = idSchema<ResponderId>('Responder');
const gridId = idSchema<GridId>('Grid of the city pack');
const lngSchema = Type.Unsafe<Lng>(
  Type.Number({ minimum: -180, maximum: 180, description: 'Degrees east, WGS84' }),
);
const latSchema = Type.Unsafe<Lat>(
  Type.Number({ minimum: -90, maximum: 90, description: 'Degrees north, WGS84' }),
);
const prioritySchema = Type.Unsafe<Priority>(Type.Integer({ minimum: 1, maximum: 4 }));
const epochMsSchema = Type.Unsafe<EpochMs>(Type.Integer({ minimum: 0, maximum: 4_102_444_800_000 }));
/** Who acknowledged, as the person signs: a name or a post, not an account. */
export const acknowledgedBySchema = textSchema(40, 'Who acknowledged it');
const closed = { additionalProperties: false } as const;

/** What can happen in the city, one schema per kind; `kind` tells them apart. */
export const eventSchemas = {
  'incident.received': Type.Object(
    {
      kind: Type.Literal('incident.received'),
      incidentId,
      category: wordSchema(CATEGORIES, 'Top-level category'),
      subCategory: Type.Optional(textSchema(64, "Code or word from the city's table")),
      priority: prioritySchema,
      lng: lngSchema,
      lat: latSchema,
      place: textSchema(200, 'Where, in words'),
      precinctId: Type.Optional(idSchema<PrecinctId>('Precinct')),
      gridId: Type.Optional(gridId),
    },
    closed,
  ),
  /** A stage that is reported for the incident as a whole; orders move it too. */
  'incident.stage': Type.Object(
    {
      kind: Type.Literal('incident.stage'),
      incidentId,
      stage: wordSchema(INCIDENT_STAGES, 'Stage reached'),
      responderId: Type.Optional(responderId),
    },
    closed,
  ),
  'incident.reprioritised': Type.Object(
    { kind: Type.Literal('incident.reprioritised'), incidentId, priority: prioritySchema },
    closed,
  ),
  'incident.diverted': Type.Object(
    { kind: Type.Literal('incident.diverted'), incidentId, platform: wordSchema(PLATFORMS, 'Who owns it') },
    closed,
  ),
  'incident.merged': Type.Object(
    { kind: Type.Literal('incident.merged'), incidentId, into: incidentId },
    closed,
  ),
  'incident.reopened': Type.Object({ kind: Type.Literal('incident.reopened'), incidentId }, closed),
  'incident.cancelled': Type.Object({ kind: Type.Literal('incident.cancelled'), incidentId }, closed),
  'order.offered': Type.Object(
    { kind: Type.Literal('order.offered'), orderId: idSchema<OrderId>('Order'), incidentId, responderId },
    closed,
  ),
  'order.stage': Type.Object(
    {
      kind: Type.Literal('order.stage'),
      orderId: idSchema<OrderId>('Order'),
      stage: wordSchema(ORDER_STATES, 'State reached'),
    },
    closed,
  ),
  'responder.checkedIn': Type.Object(
    {
      kind: Type.Literal('responder.checkedIn'),
      responderId,
      responderKind: wordSchema(RESPONDER_KINDS, 'Kind of responder'),
      callSign: textSchema(40, 'Shown instead of a name'),
      teamId: Type.Optional(idSchema<TeamId>('Volunteer team')),
      postId: Type.Optional(idSchema<PostId>('Post that the sentry holds')),
      stationId: Type.Optional(idSchema<StationId>('Joint-service station')),
    },
    closed,
  ),
  'responder.checkedOut': Type.Object({ kind: Type.Literal('responder.checkedOut'), responderId }, closed),
  'hazard.found': Type.Object(
    {
      kind: Type.Literal('hazard.found'),
      hazardId: idSchema<HazardId>('Hazard'),
      gridId,
      hazardType: textSchema(64, 'gas bottle, fire extinguisher …'),
      lng: lngSchema,
      lat: latSchema,
      dueAt: epochMsSchema,
    },
    closed,
  ),
  'hazard.resolved': Type.Object(
    { kind: Type.Literal('hazard.resolved'), hazardId: idSchema<HazardId>('Hazard') },
    closed,
  ),
  'service.completed': Type.Object(
    {
      kind: Type.Literal('service.completed'),
      stationId: idSchema<StationId>('Joint-service station'),
      serviceCode: textSchema(32, "Code from the city's table of services"),
      durationSeconds: Type.Integer({ minimum: 0, maximum: 86_400 }),
    },
    closed,
  ),
  'dispute.settled': Type.Object(
    {
      kind: Type.Literal('dispute.settled'),
      disputeId: idSchema<DisputeId>('Dispute'),
      gridId,
      departments: Type.Array(wordSchema(PLATFORMS, 'Department'), { maxItems: 4 }),
    },
    closed,
  ),
  'request.received': Type.Object(
    { kind: Type.Literal('request.received'), requestId: idSchema<RequestId>("Resident's request"), gridId },
    closed,
  ),
  'request.settled': Type.Object(
    { kind: Type.Literal('request.settled'), requestId: idSchema<RequestId>("Resident's request") },
    closed,
  ),
  /** Risk of grids, 0–100; only the grids named change. */
  'grid.risk': Type.Object(
    {
      kind: Type.Literal('grid.risk'),
      risks: Type.Array(Type.Object({ gridId, level: Type.Integer({ minimum: 0, maximum: 100 }) }, closed), {
        minItems: 1,
        maxItems: 20_000,
      }),
    },
    closed,
  ),
  /** A person has taken notice of an alarm. Kinds are known by their place on the wire, so new ones come last. */
  'incident.acknowledged': Type.Object(
    { kind: Type.Literal('incident.acknowledged'), incidentId, by: acknowledgedBySchema },
    closed,
  ),
  /** Whose fixes come through another source from here on, where that says how they age. */
  'responder.reportsThrough': Type.Object(
    {
      kind: Type.Literal('responder.reportsThrough'),
      responderId,
      source: Type.Optional(
        idSchema<SourceId>('Source whose fixes age by limits of its own; none: by those of the kind'),
      ),
    },
    closed,
  ),
} as const;

export type EventKind = keyof typeof eventSchemas;
export type EventOf<K extends EventKind> = Static<(typeof eventSchemas)[K]>;
export type CityEvent = { [K in EventKind]: EventOf<K> }[EventKind];
