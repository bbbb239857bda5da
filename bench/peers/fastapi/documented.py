"""The backend as the source documents describe it: FastAPI, SQLModel, psycopg2, synchronous endpoints in the thread
pool, a connection pool of 5 + 10 with pre-ping and recycling, and python-jose checking HS256 on every request."""

import os
from datetime import datetime, timezone
from typing import Any, Dict, List, Literal, Optional

from fastapi import Depends, FastAPI, HTTPException
from fastapi.middleware.cors import CORSMiddleware
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Column, DateTime, FetchedValue, String
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, Session, SQLModel, create_engine, select

if os.getenv("JWT_LIBRARY", "python-jose") == "python-jose":
    from jose import JWTError, jwt
else:
    import jwt
    from jwt import PyJWTError as JWTError

SECRET = os.environ["BETTER_AUTH_SECRET"]

engine = create_engine(
    os.environ["DATABASE_URL"], pool_size=5, max_overflow=10, pool_pre_ping=True, pool_recycle=300
)


def utc_now() -> datetime:
    return datetime.now(timezone.utc)


class Task(SQLModel, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    user_id: str = Field(index=True)
    title: str = Field(min_length=1, max_length=200)
    description: Optional[str] = Field(default=None, max_length=1000)
    completed: bool = Field(default=False)
    priority: Optional[str] = None
    tags: List[str] = Field(default_factory=list, sa_column=Column(ARRAY(String)))
    due_date: Optional[str] = None
    due_at: Optional[datetime] = Field(default=None, sa_column=Column(DateTime(timezone=True)))
    repeat: Optional[Dict[str, Any]] = Field(default=None, sa_column=Column(JSONB(none_as_null=True)))
    reminders: List[Dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSONB))
    position: Optional[str] = Field(default=None, sa_column=Column(String, server_default=FetchedValue()))
    # SQLModel has an attribute of this name.
    extra: Dict[str, Any] = Field(default_factory=dict, sa_column=Column("metadata", JSONB))
    completed_at: Optional[datetime] = Field(default=None, sa_column=Column(DateTime(timezone=True)))
    created_at: datetime = Field(default_factory=utc_now, sa_column=Column(DateTime(timezone=True)))
    updated_at: datetime = Field(default_factory=utc_now, sa_column=Column(DateTime(timezone=True)))
    revision: int = 1


class TaskCreate(SQLModel):
    title: str = Field(min_length=1, max_length=200)
    description: Optional[str] = Field(default=None, max_length=1000)


class TaskRead(SQLModel):
    id: int
    user_id: str
    title: str
    description: Optional[str]
    completed: bool
    priority: Optional[str]
    tags: List[str]
    due_date: Optional[str]
    due_at: Optional[datetime]
    repeat: Optional[Dict[str, Any]]
    reminders: List[Dict[str, Any]]
    position: str
    extra: Dict[str, Any] = Field(schema_extra={"serialization_alias": "metadata"})
    completed_at: Optional[datetime]
    created_at: datetime
    updated_at: datetime
    revision: int


app = FastAPI(title="Todo API")
app.add_middleware(
    CORSMiddleware,
    allow_origins=["http://localhost:3000"],
    allow_credentials=True,
    allow_methods=["*"],
    allow_headers=["*"],
)
bearer = HTTPBearer(auto_error=False)


def get_session():
    with Session(engine) as session:
        yield session


def verify_jwt(user_id: str, credentials: Optional[HTTPAuthorizationCredentials] = Depends(bearer)) -> str:
    if credentials is None:
        raise HTTPException(401, "Not authenticated")
    try:
        payload = jwt.decode(credentials.credentials, SECRET, algorithms=["HS256"])
    except JWTError:
        raise HTTPException(401, "Invalid token")
    subject = payload.get("sub")
    if not subject:
        raise HTTPException(401, "Invalid token")
    if subject != user_id:
        raise HTTPException(403, "Forbidden")
    return subject


def own_task(session: Session, owner: str, id: int) -> Task:
    task = session.exec(select(Task).where(Task.id == id, Task.user_id == owner)).first()
    if task is None:
        raise HTTPException(404, "Task not found")
    return task


@app.get("/api/{user_id}/tasks", response_model=List[TaskRead])
def list_tasks(
    status: Literal["all", "pending", "completed"] = "all",
    sort: Literal["-created_at", "due_date"] = "-created_at",
    offset: int = 0,
    limit: int = 20,
    owner: str = Depends(verify_jwt),
    session: Session = Depends(get_session),
):
    query = select(Task).where(Task.user_id == owner)
    if status != "all":
        query = query.where(Task.completed == (status == "completed"))
    order = (Task.due_at, Task.id) if sort == "due_date" else (Task.created_at.desc(), Task.id.desc())
    return session.exec(query.order_by(*order).offset(offset).limit(limit)).all()


@app.post("/api/{user_id}/tasks", response_model=TaskRead, status_code=201)
def create_task(body: TaskCreate, owner: str = Depends(verify_jwt), session: Session = Depends(get_session)):
    task = Task(user_id=owner, title=body.title, description=body.description)
    session.add(task)
    session.commit()
    session.refresh(task)
    return task


@app.get("/api/{user_id}/tasks/{id}", response_model=TaskRead)
def get_task(id: int, owner: str = Depends(verify_jwt), session: Session = Depends(get_session)):
    return own_task(session, owner, id)


@app.patch("/api/{user_id}/tasks/{id}/complete", response_model=TaskRead)
def toggle_task(id: int, owner: str = Depends(verify_jwt), session: Session = Depends(get_session)):
    task = own_task(session, owner, id)
    task.completed = not task.completed
    task.updated_at = utc_now()
    task.completed_at = task.updated_at if task.completed else None
    task.revision += 1
    session.add(task)
    session.commit()
    session.refresh(task)
    return task
