package main

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgtype"
	"github.com/jackc/pgx/v4"
	"github.com/jackc/pgx/v4/pgxpool"
)

// A task as it is stored and sent. JSON goes through as it is stored.
type task struct {
	ID          int          `json:"id"`
	UserID      string       `json:"user_id"`
	Title       string       `json:"title"`
	Description *string      `json:"description"`
	Completed   bool         `json:"completed"`
	Priority    *string      `json:"priority"`
	Tags        []string     `json:"tags"`
	DueDate     *string      `json:"due_date"`
	DueAt       *time.Time   `json:"due_at"`
	Repeat      pgtype.JSONB `json:"repeat"`
	Reminders   pgtype.JSONB `json:"reminders"`
	Position    string       `json:"position"`
	Metadata    pgtype.JSONB `json:"metadata"`
	CompletedAt *time.Time   `json:"completed_at"`
	CreatedAt   time.Time    `json:"created_at"`
	UpdatedAt   time.Time    `json:"updated_at"`
	Revision    int          `json:"revision"`
}

const columns = `id, user_id, title, description, completed, priority, tags, due_date, due_at, repeat, reminders, position,
	metadata, completed_at, created_at, updated_at, revision`

const (
	getTask    = "select " + columns + " from task where id = $1 and user_id = $2"
	createTask = "insert into task (user_id, title, description) values ($1, $2, $3) returning " + columns
	toggleTask = `update task set completed = not completed, completed_at = case when completed then null else now() end,
		updated_at = now(), revision = revision + 1 where id = $1 and user_id = $2 returning ` + columns
)

var conditions = map[string]string{"": "", "all": "", "pending": " and not completed", "completed": " and completed"}
var orders = map[string]string{"": "created_at desc, id desc", "-created_at": "created_at desc, id desc", "due_date": "due_at, id"}

// Returns the statement of a list, or false for a status or an order that there is not. pgx prepares each text once.
func listOf(status, sort string) (string, bool) {
	condition, isStatus := conditions[status]
	order, isOrder := orders[sort]
	return "select " + columns + " from task where user_id = $1" + condition + " order by " + order + " limit $2 offset $3",
		isStatus && isOrder
}

type store struct{ pool *pgxpool.Pool }

func openStore(ctx context.Context, url string, connections int32) (*store, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	config.MaxConns = connections
	pool, err := pgxpool.ConnectConfig(ctx, config)
	return &store{pool}, err
}

func (t *task) read(row pgx.Row) error {
	return row.Scan(&t.ID, &t.UserID, &t.Title, &t.Description, &t.Completed, &t.Priority, &t.Tags, &t.DueDate, &t.DueAt,
		&t.Repeat, &t.Reminders, &t.Position, &t.Metadata, &t.CompletedAt, &t.CreatedAt, &t.UpdatedAt, &t.Revision)
}

func (s *store) list(ctx context.Context, statement, owner string, limit, offset int) ([]task, error) {
	rows, err := s.pool.Query(ctx, statement, owner, limit, offset)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	tasks := make([]task, 0, limit)
	for rows.Next() {
		tasks = append(tasks, task{})
		if err := tasks[len(tasks)-1].read(rows); err != nil {
			return nil, err
		}
	}
	return tasks, rows.Err()
}

// Returns the task of the first row, or nil if there is none.
func (s *store) one(ctx context.Context, statement string, values ...interface{}) (*task, error) {
	found := &task{}
	err := found.read(s.pool.QueryRow(ctx, statement, values...))
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return found, err
}

func (s *store) get(ctx context.Context, owner string, id int) (*task, error) {
	return s.one(ctx, getTask, id, owner)
}

func (s *store) create(ctx context.Context, owner, title string, description *string) (*task, error) {
	return s.one(ctx, createTask, owner, title, description)
}

func (s *store) toggle(ctx context.Context, owner string, id int) (*task, error) {
	return s.one(ctx, toggleTask, id, owner)
}
