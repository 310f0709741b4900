/** The phones with MQTT are registered, as `phone-0 …` of the account of the same name, with one password for all. */
export const MQTT_PHONES = 1_000;
export const MQTT_PASSWORD = 'a password of the measurement';

export type GatewayRequest = { readonly type: 'usage' };

export interface GatewayAnswer {
  readonly port: number;
  readonly mqttPort: number;
  /** Keys of sources that check newcomers in. */
  readonly keys: Readonly<Record<'batches' | 'osmand', string>>;
  /** The key of the source that the MQTT phones belong to. */
  readonly mqttKey: string;
  /** Processor milliseconds that the gateway has used so far, all its threads. */
  readonly cpuMs: number;
}

export type LoadRequest =
  | { readonly type: 'connect'; readonly gateway: GatewayAnswer }
  /** As fast as answers come, on a few connections. */
  | { readonly type: 'batches'; readonly count: number }
  /** At this pace, whether answers come or not. */
  | { readonly type: 'pacedBatches'; readonly count: number; readonly fixesPerSecond: number }
  /** One fix a request, one request at a time on each connection. */
  | { readonly type: 'osmand'; readonly count: number }
  /** One fix a message of QoS 1, a few unanswered for each phone. */
  | { readonly type: 'mqtt'; readonly count: number };

export interface LoadAnswer {
  /** Fixes that the gateway says are on disk. */
  readonly taken: number;
  readonly seconds: number;
  /** From the moment when each request was due to the end of its answer. */
  readonly delaysMs: Float64Array;
  /** Processor milliseconds that the load itself took meanwhile. */
  readonly loadCpuMs: number;
}

export type WatchRequest =
  | { readonly type: 'open'; readonly port: number; readonly count: number }
  | { readonly type: 'frames' };

/** The least that one of the viewers has had so far, in frames. */
export interface WatchAnswer {
  readonly frames: number;
}
