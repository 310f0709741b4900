import type { Page } from 'playwright-core';

/**
 * Runs GLSL in the page's own graphics: `main` is the body of a vertex shader that turns `vec4 given` into `vec4 found`,
 * after `functions`. One result for each four numbers given, read back as Float32.
 */
export async function evaluateGlsl(
  page: Page,
  functions: string,
  main: string,
  given: readonly (readonly [number, number, number, number])[],
): Promise<readonly (readonly number[])[]> {
  const vertex = `#version 300 es
in vec4 given;
out vec4 found;
${functions}
void main() {
${main}
}
`;
  const fragment = `#version 300 es
precision highp float;
out vec4 colour;
void main() { colour = vec4(0.0); }
`;
  const outcome = await page.evaluate<string | number[]>(
    `${IN_PAGE}(${JSON.stringify(vertex)}, ${JSON.stringify(fragment)}, [${given.flat().join(',')}])`,
  );
  if (typeof outcome === 'string') throw new Error(outcome);
  return given.map((_, row) => outcome.slice(row * 4, row * 4 + 4));
}

// A string, because the tests' types know no DOM.
const IN_PAGE = `((vertex, fragment, given) => {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (gl === null) return 'no WebGL 2';
  const program = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(type);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) return gl.getShaderInfoLog(shader);
    gl.attachShader(program, shader);
  }
  gl.transformFeedbackVaryings(program, ['found'], gl.INTERLEAVED_ATTRIBS);
  gl.bindAttribLocation(program, 0, 'given');
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) return gl.getProgramInfoLog(program);
  const values = Float32Array.from(given);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 4, gl.FLOAT, false, 0, 0);
  const results = gl.createBuffer();
  gl.bindBuffer(gl.TRANSFORM_FEEDBACK_BUFFER, results);
  gl.bufferData(gl.TRANSFORM_FEEDBACK_BUFFER, values.byteLength, gl.STREAM_READ);
  gl.bindBufferBase(gl.TRANSFORM_FEEDBACK_BUFFER, 0, results);
  gl.useProgram(program);
  gl.enable(gl.RASTERIZER_DISCARD);
  gl.beginTransformFeedback(gl.POINTS);
  gl.drawArrays(gl.POINTS, 0, values.length / 4);
  gl.endTransformFeedback();
  const found = new Float32Array(values.length);
  gl.getBufferSubData(gl.TRANSFORM_FEEDBACK_BUFFER, 0, found);
  return gl.getError() === 0 ? [...found] : 'the graphics refused';
})`;
