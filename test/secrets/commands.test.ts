import { describe, expect, it } from "vitest";
import { Unknown } from "../../engine/plan/unknown.ts";
import { recognisedFacts, shellForms } from "../../engine/subjects/secrets/recognise.ts";
import { defaultSettings } from "../../engine/subjects/settings.ts";

const fake = `not-a-${"real-one"}`;
const named = "value under the name of a secret";
const option = "password in a command";

/** What is found in the words of a container's lists, and in which. */
function found(lists: Readonly<Record<string, readonly (string | Unknown)[]>>): string {
  const texts = Object.entries(lists).flatMap(([list, words]) =>
    words.map((value, at) => ({ path: `${list}[${at}]`, place: `${list}[${at}]`, value, name: null })),
  );
  const { note } = recognisedFacts(texts, defaultSettings).secretForms;
  expect(note ?? "").not.toContain(fake);
  return note ?? "";
}

describe("commands that hold a secret", () => {
  it.each<[Parameters<typeof found>[0], string]>([
    [{ command: ["serve", `--db-password=${fake}`, "--port=80"] }, `${named} in command[1]`],
    [{ command: ["serve", "--db-password", fake] }, `${named} in command[2]`],
    [{ command: ["redis-server", "--requirepass", fake] }, `${named} in command[2]`],
    [{ command: ["redis-server", "--masterauth", fake] }, `${named} in command[2]`],
    [{ entryPoint: ["sh", "-c"], command: [`export DB_PASSWORD=${fake} && serve`] }, `${named} in command[0]`],
    [{ command: ["/bin/bash", "-lc", `DB_PASS='${fake}' exec serve`] }, `${named} in command[2]`],
    [{ command: ["env", `DBPASS=${fake}`, "serve"] }, `${named} in command[1]`],
    [{ command: ["env", `DBPASS=${fake} ${fake}`, "serve"] }, `${named} in command[1]`],
    [{ command: ["env", `DBPASS=it's ${fake}`, "serve"] }, `${named} in command[1]`],
    [{ command: ["sh", "-c", `PGPASSWORD=${fake} psql -h db`] }, `${named} in command[2]`],
    [{ command: ["java", `-Dspring.datasource.password=${fake}`, "-jar", "app.jar"] }, `${named} in command[1]`],
    [{ command: ["keytool", "-storepass", fake] }, `${named} in command[2]`],
    [
      { "healthCheck.command": ["CMD-SHELL", `mysqladmin ping -h localhost -u root -p${fake}`] },
      `${option} in healthCheck.command[1]`,
    ],
    [{ "healthCheck.command": ["CMD", "mysqladmin", "ping", `-p${fake}`] }, `${option} in healthCheck.command[3]`],
    [{ entryPoint: ["mysqladmin"], command: ["ping", `-p${fake}`] }, `${option} in command[1]`],
    [
      { "healthCheck.command": ["CMD-SHELL", `curl -f -u admin:${fake} http://localhost/health || exit 1`] },
      `${option} in healthCheck.command[1]`,
    ],
    [
      { "healthCheck.command": ["CMD", "curl", "--user", `admin:${fake}`, "http://localhost"] },
      `${option} in healthCheck.command[3]`,
    ],
    [{ "healthCheck.command": ["CMD-SHELL", `redis-cli -a ${fake} ping`] }, `${option} in healthCheck.command[1]`],
    [{ command: ["sh", "-c", `helm upgrade shop . --set db.password=${fake},db.user=shop`] }, `${named} in command[2]`],
    [{ command: ["pg_dump", `host=db`, `password=${fake}`] }, `${named} in command[2]`],
    [{ command: ["sh", "-c", `psql "host=db user=shop password=${fake}"`] }, `${named} in command[2]`],
    [{ command: ["curl", "-d", `{"password":"${fake}"}`, "http://auth"] }, `${named} in command[2]`],
    [{ command: ["curl", `postgres://shop:${fake}@db/shop`] }, "URL with a password in command[1]"],
    [{ command: [new Unknown("after-apply"), "--db-password", fake] }, `${named} in command[2]`],
    [{ "environment JAVA_OPTS": [`-Xmx512m -Ddb.password=${fake}`] }, `${named} in environment JAVA_OPTS[0]`],
  ])("%j", (lists, expected) => {
    expect(found(lists)).toBe(expected);
  });
});

describe("commands that hold none", () => {
  it.each<[Parameters<typeof found>[0]]>([
    [{ command: ["serve", "--password-file", "/run/secrets/db", "--token-ttl=3600", "--secret-id=shop/db"] }],
    [{ command: ["serve", "--db-password", "$DB_PASSWORD", "--token=${TOKEN}", "--api-key", "$(API_KEY)"] }],
    [{ command: ["serve", "--db-password", "/run/secrets/db", "--token", "file:/etc/token", "--secret=env:SECRET"] }],
    [{ command: ["serve", "--db-password", "--port", "80"] }],
    [{ command: ["serve", "--no-auth", "backend", "--verify-token", "jwt", "--auth", "basic"] }],
    [{ command: ["serve", "--db-password", "changeme", "--token=<token>", "--secret", ""] }],
    [{ command: ["docker", "login", "--username", "shop", "--password-stdin"] }],
    [{ command: ["docker", "run", "-p", "8080:80", "app", "login"] }],
    [{ command: ["docker", "run", "-u", "1000:1000", "app"] }],
    [{ command: ["sh", "-c", 'export DB_PASSWORD="$(cat /run/secrets/db)" && serve --password "$DB_PASSWORD"'] }],
    [{ command: ["sh", "-c", "mysqladmin ping -u root -p$MYSQL_ROOT_PASSWORD -P3306 -h db"] }],
    [{ command: ["sh", "-c", 'curl -u "admin:${ADMIN_PASSWORD}" -H "Authorization: Bearer $TOKEN" http://localhost'] }],
    [{ command: ["sh", "-c", "# PASSWORD is set elsewhere\nserve --max-tokens 4096"] }],
    [{ command: ["sh", "-c", "PGPASSWORD=$DB_PASSWORD psql -h db"] }],
    [{ command: ["sh", "-c", "PGPASSWORD=$(cat /run/secrets/db) psql -h db"] }],
    [{ command: ["mysql", "-p", "-h", "db"] }],
    [{ command: ["chown", "-u", "admin:staff", "/srv"] }],
    [{ command: [new Unknown("after-apply")], "environment FEATURES": ["token=jwt"] }],
    [{ command: ["serve", "--db-password", new Unknown("after-apply")] }],
  ])("%j", (lists) => {
    expect(found(lists)).toBe("");
  });
});

describe("shell texts", () => {
  it.each<[string, string[]]>([
    [`docker login -u shop -p ${fake} registry.example.com`, [option]],
    [`docker --config /tmp login -u shop -p${fake}`, [option]],
    [`echo ${fake} | docker login -u shop --password-stdin`, []],
    ["aws ecr get-login-password | docker login --username AWS --password-stdin $REPOSITORY", []],
    [`sshpass -p ${fake} ssh host`, [option]],
    [`aws configure set aws_secret_access_key ${fake}`, [named]],
    [`npm config set //registry.npmjs.org/:_authToken ${fake}`, [named]],
    [`ldapsearch -D cn=admin -w ${fake}`, [option]],
    [`openssl rsa -in key.pem -passin pass:${fake}`, [option]],
    ["openssl rsa -in key.pem -passin env:PASS -passout file:/tmp/pass", []],
    [`curl -H "Authorization: Bearer ${fake}" https://example.com`, [option]],
    [`curl -H "X-Api-Key: ${fake}" https://example.com`, [named]],
    ['curl -H "Accept: application/json" -u shop: https://example.com', []],
    [`kubectl create secret generic db --from-literal=password=${fake}`, [named]],
    [`docker build --build-arg NPM_TOKEN=${fake} .`, [named]],
    ["docker build --build-arg NPM_TOKEN=$NPM_TOKEN .", []],
    ["docker build --secret id=npm,env=NPM_TOKEN --secret=id=key,src=/tmp/key .", []],
    ["docker service create --secret db_password app", []],
    [`serve --secret ${fake}`, [named]],
    [`if [ -z "$TOKEN" ]; then export TOKEN=${fake}; fi`, [named]],
    [`bash -c "bash -c 'export TOKEN=${fake}'"`, [named]],
    [`cat > .env <<EOF\nDB_HOST=db\nDB_PASSWORD=${fake}\nEOF`, [named]],
    [`X=$(DB_PASSWORD=${fake} psql)`, [named]],
    ["TOKEN=`cat /tmp/token` serve", []],
    ["PASSWORD_FILE=/run/secrets/db SECRET_NAME=shop/db serve", []],
    ["SMTP_AUTH=plain AUTH=none serve", []],
    ['test "$PASSWORD" = "" && grep -q PASSWORD= .env', []],
    [`sed -i "s/PASSWORD=.*/PASSWORD=$DB_PASSWORD/" .env`, []],
    ["pass --token", []],
    ["unfinished 'quote", []],
    ["$(", []],
  ])("%s", (text, expected) => {
    expect(shellForms(text, defaultSettings)).toEqual(expected);
  });
});

it("takes time in proportion to long texts that are no command", () => {
  const length = 200_000;
  const start = process.cpuUsage();
  for (const part of ["a", "a=", "'", '"', "$(", "`", "${", "-a ", "a=b&", "; ", "\\", "# "])
    shellForms(part.repeat(Math.ceil(length / part.length)), defaultSettings);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1e6).toBeLessThan(30);
});
