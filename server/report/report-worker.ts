import { workerData } from 'node:worker_threads';
import { writeReport, type ReportFile } from './write-report.ts';

/** Setting a report takes seconds of computing, for which no frame may wait; so it is done in a thread that ends with it. */
await writeReport(workerData as ReportFile);
