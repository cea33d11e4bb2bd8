// SPDX-License-Identifier: GPL-2.0-only
// run-query.js FILE.sql: prints each row of its answer as one line of JSON. For those who have
// no duckdb(1): "npm install @duckdb/node-api" here, or in a folder that NODE_PATH names.
'use strict';

const fs = require('fs');

// Where this file is installed nobody installs packages: it is the caller's that counts.
const {DuckDBInstance} = require(
	require.resolve('@duckdb/node-api', {paths: [process.cwd(), __dirname]}));

// JSON has no larger numbers that every reader takes; texts are exact.
function number(value) {
	return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

function plain(value) {
	if (typeof value === 'bigint')
		return number(value);
	if (value && value.entries)
		return Object.fromEntries(Object.entries(value.entries)
			.map(([name, item]) => [name, plain(item)]));
	if (value && value.items)
		return value.items.map(plain);
	return value;
}

async function main() {
	if (process.argv.length !== 3)
		throw new Error('Usage: node run-query.js FILE.sql');
	const instance = await DuckDBInstance.create(':memory:');
	const connection = await instance.connect();
	const answer = await connection.runAndReadAll(fs.readFileSync(process.argv[2], 'utf8'));

	for (const row of answer.getRowObjects())
		process.stdout.write(JSON.stringify(plain({entries: row})) + '\n');
}

main().catch((error) => {
	process.stderr.write(`run-query.js: ${error.message}\n`);
	process.exitCode = 1;
});
