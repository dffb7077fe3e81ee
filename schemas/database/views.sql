-- The views of tables.sqlite: what people ask of the tables. Each is one statement.
-- What stands between two marks [d] is for the database of an archive alone, which has the rows of
-- all documents; that of one document is made without it.

-- Each task of each body, with the year in which its deadline ends; no year where none is named.
CREATE VIEW tasks_by_body_and_year AS
SELECT [d]t.document, [d]b.name AS body, b.body_id, b.role,
    CAST(substr(t."end", 1, 4) AS INTEGER) AS year,
    t.task_id, t.task, t.deadline, t.deadline_kind, t.start, t."end", t.review
FROM task_bodies AS b
JOIN tasks AS t ON [d]t.document = b.document AND [d]t.task_id = b.task_id
ORDER BY [d]t.document, [d]b.name, year, t.rowid, b.rowid;

-- What is due on which day, with its year and quarter (2026-Q2): the stages of deadlines, and the
-- deadlines whose end is none of their stages'.
CREATE VIEW due_by_quarter AS
WITH dated AS (
    SELECT [d]document, [d]task_id, position, label, kind, "end" AS due
    FROM milestones WHERE "end" IS NOT NULL
    UNION ALL
    SELECT [d]document, [d]task_id, NULL, NULL, deadline_kind, "end"
    FROM tasks AS t WHERE "end" IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM milestones AS m
        WHERE [d]m.document = t.document AND [d]m.task_id = t.task_id AND m."end" = t."end"
    )
)
SELECT [d]d.document, [d]d.due, CAST(substr(d.due, 1, 4) AS INTEGER) AS year,
    substr(d.due, 1, 4) || '-Q' || ((CAST(substr(d.due, 6, 2) AS INTEGER) + 2) / 3) AS quarter,
    d.task_id, d.position, d.label, d.kind, t.task, t.lead, t.coordinating, t.deadline, t.review
FROM dated AS d
JOIN tasks AS t ON [d]t.document = d.document AND [d]t.task_id = d.task_id
ORDER BY [d]d.document, [d]d.due, t.rowid, d.position;

-- Tasks that no body leads. Not those that only head sub-rows: their sub-rows name the bodies.
CREATE VIEW tasks_without_lead AS
SELECT [d]t.document, [d]t.task_id, t.task, t.coordinating, t.deadline, t.page_no, t.review
FROM tasks AS t
WHERE t.lead IS NULL AND NOT EXISTS (
    SELECT 1 FROM tasks AS s
    WHERE [d]s.document = t.document AND [d]s.parent_id = t.task_id
)
ORDER BY [d]t.document, [d]t.rowid;

-- Each indicator's values in the order of time, with the year in which the period ends.
CREATE VIEW indicator_paths AS
SELECT [d]i.document, [d]i.indicator_id, g.title AS "group", i.name, i.unit,
    CAST(substr(v.period_end, 1, 4) AS INTEGER) AS year, v.period, v.role, v.value,
    v.comparator, v.value_min, v.value_max, i.lead, v.review
FROM indicators AS i
JOIN indicator_values AS v ON [d]v.document = i.document AND [d]v.indicator_id = i.indicator_id
LEFT JOIN "groups" AS g
    ON [d]g.document = i.document AND [d]g.appendix = i.appendix AND g.group_id = i.group_id
ORDER BY [d]i.document, [d]i.rowid, v.period_end IS NULL, v.period_end, v.rowid;

-- Each task with the sentences of the prose that name its number or a group that it stands under,
-- and the whole section in which such a sentence stands.
CREATE VIEW tasks_with_prose AS
SELECT [d]t.document, [d]t.task_id, t.task, p.refers_to, p.section_path, h.text AS heading,
    p.paragraph_id, p.text AS sentence, (
        SELECT group_concat(text, char(10)) FROM (
            SELECT s.text FROM paragraphs AS s
            WHERE [d]s.document = p.document AND [d]s.section_path = p.section_path
            ORDER BY s.rowid
        )
    ) AS section
FROM paragraphs AS p
JOIN tasks AS t ON [d]t.document = p.document AND [d](
    instr('; ' || p.refers_to || '; ', '; ' || t.number || '; ')
    OR instr('; ' || p.refers_to || '; ', '; ' || t.section_id || '; ')
    OR instr('; ' || p.refers_to || '; ', '; ' || t.group_id || '; ')
)
LEFT JOIN paragraphs AS h
    ON [d]h.document = p.document AND [d]h.section_path = p.section_path AND h.kind = 'heading'
WHERE p.refers_to IS NOT NULL
ORDER BY [d]t.document, [d]t.rowid, p.rowid;
