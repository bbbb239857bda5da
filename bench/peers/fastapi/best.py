"""What a Python team would write when speed matters: asynchronous endpoints on uvloop, asyncpg with its prepared
statements, PyJWT, and rows that go out through orjson without a response model."""

import os
from contextlib import asynccontextmanager
from typing import Literal, Optional

import asyncpg
import jwt
import orjson
from fastapi import Depends, FastAPI, HTTPException, Request, Response
from pydantic import BaseModel, Field

SECRET = os.environ["BETTER_AUTH_SECRET"]
POOL_SIZE = int(os.environ["DB_POOL_SIZE"])

COLUMNS = """id, user_id, title, description, completed, priority, tags, due_date, due_at, repeat, reminders, position,
metadata, completed_at, created_at, updated_at, revision"""
CONDITIONS = {"all": "", "pending": "AND NOT completed", "completed": "AND completed"}
ORDERS = {"-created_at": "created_at DESC, id DESC", "due_date": "due_at, id"}
LISTS = {
    (status, sort): f"SELECT {COLUMNS} FROM task WHERE user_id = $1 {condition} ORDER BY {order} LIMIT $2 OFFSET $3"
    for status, condition in CONDITIONS.items()
    for sort, order in ORDERS.items()
}
GET = f"SELECT {COLUMNS} FROM task WHERE id = $1 AND user_id = $2"
CREATE = f"INSERT INTO task (user_id, title, description) VALUES ($1, $2, $3) RETURNING {COLUMNS}"
TOGGLE = f"""UPDATE task SET completed = NOT completed, completed_at = CASE WHEN completed THEN NULL ELSE now() END,
updated_at = now(), revision = revision + 1 WHERE id = $1 AND user_id = $2 RETURNING {COLUMNS}"""


async def prepare(connection):
    # JSON goes through as it is stored.
    await connection.set_type_codec("jsonb", encoder=str, decoder=orjson.Fragment, schema="pg_catalog")


@asynccontextmanager
async def lifespan(app: FastAPI):
    pool = await asyncpg.create_pool(
        os.environ["DATABASE_URL"], min_size=POOL_SIZE, max_size=POOL_SIZE, init=prepare
    )
    app.state.pool = pool
    yield
    await pool.close()


app = FastAPI(lifespan=lifespan)


class TaskCreate(BaseModel):
    title: str = Field(min_length=1, max_length=200)
    description: Optional[str] = Field(default=None, max_length=1000)


async def verify(request: Request, user_id: str) -> str:
    header = request.headers.get("authorization", "")
    if not header.startswith("Bearer "):
        raise HTTPException(401, "Not authenticated")
    try:
        subject = jwt.decode(header[7:], SECRET, algorithms=["HS256"]).get("sub")
    except jwt.PyJWTError:
        raise HTTPException(401, "Invalid token")
    if subject != user_id:
        raise HTTPException(403, "Forbidden")
    return subject


def json(content: object, status: int = 200) -> Response:
    return Response(orjson.dumps(content), status, media_type="application/json")


def one(row: Optional[asyncpg.Record], status: int = 200) -> Response:
    if row is None:
        raise HTTPException(404, "Task not found")
    return json(dict(row), status)


@app.get("/api/{user_id}/tasks")
async def list_tasks(
    status: Literal["all", "pending", "completed"] = "all",
    sort: Literal["-created_at", "due_date"] = "-created_at",
    offset: int = 0,
    limit: int = 20,
    owner: str = Depends(verify),
):
    rows = await app.state.pool.fetch(LISTS[status, sort], owner, limit, offset)
    return json([dict(row) for row in rows])


@app.post("/api/{user_id}/tasks")
async def create_task(body: TaskCreate, owner: str = Depends(verify)):
    return one(await app.state.pool.fetchrow(CREATE, owner, body.title, body.description), 201)


@app.get("/api/{user_id}/tasks/{id}")
async def get_task(id: int, owner: str = Depends(verify)):
    return one(await app.state.pool.fetchrow(GET, id, owner))


@app.patch("/api/{user_id}/tasks/{id}/complete")
async def toggle_task(id: int, owner: str = Depends(verify)):
    return one(await app.state.pool.fetchrow(TOGGLE, id, owner))
