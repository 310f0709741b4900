import { Layer, type LayerProps, type Viewport } from '@deck.gl/core';
import type { Buffer, BufferLayout, Texture } from '@luma.gl/core';
import { Model } from '@luma.gl/engine';
import type { InstanceTable } from '../../world/instance-table.ts';
import type { Mercator } from '../../world/mercator.ts';
import type { MapColours } from '../map-colours.ts';
import { cameraProps, inkModule, inkProps, pictureModule } from './mark-uniforms.ts';

export interface MarksProps {
  readonly table: InstanceTable;
  readonly colours: MapColours;
  readonly mercator: Mercator;
  /** Seconds of the shown clock, asked once per picture. */
  readonly clock: () => number;
  /** CSS pixels per pixel of a 1080-line screen. */
  readonly scale: number;
  /** Nothing but positions may move. */
  readonly isCalm: boolean;
}

export type MarksState = {
  model: Model;
  rows: Buffer;
  generation: number;
  /** Of the picture before: most pictures have the same camera and the same colours. */
  camera: { viewport: Viewport; props: ReturnType<typeof cameraProps> } | undefined;
  inked: MapColours | undefined;
};

/** What tells one kind of mark from another. */
export interface MarksProgram {
  readonly vs: string;
  readonly fs: string;
  /** How a row of the table is read: one interleaved buffer called `rows`. */
  readonly attributes: NonNullable<BufferLayout['attributes']>;
}

/**
 * Draws the rows of a table as squares facing the viewer, each filled in by the layer's shader. One draw call, one
 * upload of the changed rows per message, and nothing but uniforms per picture: no layer is made anew for a picture.
 */
export abstract class MarksLayer<Extra extends object = object> extends Layer<
  Extra & MarksProps & LayerProps
> {
  static override layerName = 'MarksLayer';

  declare state: MarksState;

  abstract program(): MarksProgram;

  /** Textures by the name of their sampler in the shader. */
  protected bindings(): Record<string, Texture> {
    return {};
  }

  override initializeState(): void {
    const { table } = this.props;
    const { vs, fs, attributes } = this.program();
    const model = new Model(this.context.device, {
      id: this.props.id,
      vs,
      fs,
      modules: [pictureModule, inkModule],
      bufferLayout: [{ name: 'rows', stepMode: 'instance', byteStride: table.strideBytes, attributes }],
      topology: 'triangle-strip',
      vertexCount: 4,
      isInstanced: true,
      bindings: this.bindings(),
    });
    this.setState({
      model,
      rows: this.#makeBuffer(model),
      generation: table.generation,
      camera: undefined,
      inked: undefined,
    });
    table.touchAll();
  }

  /** The library's own modules (its projection, picking, light) are not in these shaders. */
  override setShaderModuleProps(): void {}

  override getNumInstances(): number {
    return this.props.table.count;
  }

  override draw(): void {
    const { model } = this.state;
    const { table, colours, mercator, clock, scale, isCalm } = this.props;
    this.#upload();
    if (table.count === 0) return;
    const { viewport, device } = this.context;
    if (this.state.camera?.viewport !== viewport)
      this.state.camera = { viewport, props: cameraProps(viewport, mercator) };
    if (this.state.inked !== colours) {
      model.shaderInputs.setProps({ ink: inkProps(colours) });
      this.state.inked = colours;
    }
    if (model.pipeline.isErrored) throw new Error(`the shader of ${this.props.id} cannot be used here`);
    model.setInstanceCount(table.count);
    model.shaderInputs.setProps({
      picture: {
        ...this.state.camera.props,
        clock: clock(),
        scale,
        sharpness: device.getDefaultCanvasContext().cssToDeviceRatio(),
        calm: isCalm ? 1 : 0,
      },
    });
    model.draw(this.context.renderPass);
  }

  override finalizeState(context: Parameters<Layer['finalizeState']>[0]): void {
    this.state.rows.destroy();
    super.finalizeState(context);
  }

  #makeBuffer(model: Model): Buffer {
    const { table } = this.props;
    const rows = this.context.device.createBuffer({ byteLength: table.capacity * table.strideBytes });
    model.setAttributes({ rows });
    return rows;
  }

  #upload(): void {
    const { table } = this.props;
    if (table.generation !== this.state.generation) {
      this.state.rows.destroy();
      this.state.rows = this.#makeBuffer(this.state.model);
      this.state.generation = table.generation;
      table.touchAll();
    }
    table.takeDirty((start, end) => {
      this.state.rows.write(table.bytes.subarray(start, end), start);
    });
  }
}

/** Corners of the square from the vertex number, −1…1, in the order of a strip. */
export const CORNER_GLSL = `\
vec2 cornerOf(int vertex) {
  return vec2(float(vertex & 1) * 2.0 - 1.0, float(vertex >> 1) * 2.0 - 1.0);
}
`;

/** Soft-edged shapes: distances are in CSS pixels, negative inside. */
export const SHAPES_GLSL = `\
float inside(float distance) {
  return clamp(0.5 - distance * picture.sharpness, 0.0, 1.0);
}
float disc(vec2 at, float radius) {
  return length(at) - radius;
}
float box(vec2 at, vec2 half_, float corner) {
  vec2 beyond = abs(at) - half_ + corner;
  return length(max(beyond, 0.0)) + min(max(beyond.x, beyond.y), 0.0) - corner;
}
float diamond(vec2 at, float radius) {
  return (abs(at.x) + abs(at.y) - radius) * 0.70710678;
}
/* A broad arrow head pointing up, notched from below. */
float chevron(vec2 at, float radius) {
  vec2 p = vec2(abs(at.x), at.y);
  float sides = dot(p - vec2(0.0, radius), normalize(vec2(1.35, 0.8)));
  float notch = dot(p - vec2(0.0, -radius * 0.42), normalize(vec2(-0.62, 1.0)));
  return max(sides, -notch);
}
vec4 over(vec4 below, vec3 colour, float alpha) {
  return vec4(colour * alpha, alpha) + below * (1.0 - alpha);
}
`;
