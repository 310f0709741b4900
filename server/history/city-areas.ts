/** What history has to know of the city: its calendar, and to which precinct its grids and stations belong. */
export interface CityAreas {
  readonly timeZone: string;
  readonly precinctOfGrid: ReadonlyMap<string, string>;
  readonly precinctOfStation: ReadonlyMap<string, string>;
}
